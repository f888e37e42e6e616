/** The page with links to screens that do not open for its reader as plain words: the manual names them, and leads nobody to a closed door. */
export const withoutClosedLinks = (html: string, opens: (path: string) => boolean): string =>
  html.replace(/<a href="(\/[^"?#]*)">(.*?)<\/a>/gs, (link, path: string, words: string) => (opens(path) ? link : words))
