/**
 * Telephone numbers on one line: a browser breaks them after a hyphen, and half a number is none when it is needed. Only how the words
 * stand changes, not the words; a drawing has lines of its own and is left as it is.
 */
export const withWholeNumbers = (html: string): string =>
  html.replace(/<svg[\s\S]*?<\/svg>|<[^>]*>|\d{2,4}(?:-\d{2,4}){1,2}(?![-\d])/g, (part) => (part.startsWith('<') ? part : `<span class="nw">${part}</span>`))
