// Makes pages nicer; every task can be done without it.
"use strict";
// After a form that was not taken, go where its faults are told.
document.querySelector(".faults")?.focus();
