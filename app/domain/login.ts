/** What is typed at the door, made comparable. */

/** A 従事者番号 or address as typed: full-width forms and blanks around it do not matter. */
export const cleanLogin = (typed: string): string => typed.normalize('NFKC').trim().slice(0, 190)

/** The form by which a login is found: case does not matter either. */
export const foldLogin = (typed: string): string => cleanLogin(typed).toLowerCase()

/** A password as it is hashed: the same keys give the same bytes on every device (NIST SP 800-63B 3.1.1.2). */
export const normalisePassword = (typed: string): string => typed.normalize('NFKC')

/** Where to go after the door: only ever a path of our own site, never another host (`//host`, `/\host`, `/%09/host`). */
export function ownPath(asked: string | null | undefined, otherwise = '/'): string {
  if (!asked || !/^\/(?![/\\])[^\\\s]*$/u.test(asked) || hasControl(asked) || asked.length > 1000) return otherwise
  const here = 'http://here.invalid'
  try {
    const url = new URL(asked, here)
    return url.origin === here && !url.pathname.startsWith('//') && !/^\/(sign-in|sign-out|start|forgot)(\/|$)/.test(url.pathname) ? `${url.pathname}${url.search}${url.hash}` : otherwise
  } catch {
    return otherwise
  }
}

const hasControl = (text: string) => [...text].some((character) => character.charCodeAt(0) < 32 || character.charCodeAt(0) === 127)
