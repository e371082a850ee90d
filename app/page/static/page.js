// Makes pages nicer; every task can be done without it.
"use strict";
// After a form that was not taken, go where its faults are told.
document.querySelector(".faults")?.focus();

// An article: a statement looked at is seen in the text; whoever changes one means to change it.
for (const claim of document.querySelectorAll(".claim")) {
  const pieces = document.querySelectorAll(`mark[data-claims~="${claim.dataset.claim}"]`);
  const lit = (on) => () => pieces.forEach((piece) => piece.classList.toggle("lit", on));
  for (const began of ["mouseenter", "focusin"]) claim.addEventListener(began, lit(true));
  for (const ended of ["mouseleave", "focusout"]) claim.addEventListener(ended, lit(false));
  claim.querySelector("details")?.addEventListener("change", () => {
    claim.querySelector("[type=radio][value=changed]").checked = true;
  });
}
