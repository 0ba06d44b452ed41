const TRIES = 120;

/** Lets one part of the page hand the keyboard to another without knowing it, also to one that is still on its way. */
export function focusById(id: string, tries = TRIES): void {
  requestAnimationFrame(() => {
    const found = document.getElementById(id);
    if (found !== null) found.focus();
    else if (tries > 0) focusById(id, tries - 1);
  });
}
