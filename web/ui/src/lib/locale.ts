/** The interface speaks English, so numbers and dates follow the reader's English, or Britain's. */
export const LOCALE = navigator.language.startsWith('en') ? navigator.language : 'en-GB';
