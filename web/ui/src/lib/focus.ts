/** Lets one part of the page hand the keyboard to another without knowing it. */
export function focusById(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.focus());
}
