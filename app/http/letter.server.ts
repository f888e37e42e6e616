import type { readLetter as ReadLetter } from '../jobs/read-letter.server'

/** What a mail says, for the screen: written by who sends, loaded when it is asked for. */
export const readLetter: typeof ReadLetter = async (context, mail) => (await import('../jobs/read-letter.server')).readLetter(context, mail)
