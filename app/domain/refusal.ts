/** A refusal is a value: a reason with its facts. Its words stand in `ui/messages.ts`; bugs are exceptions. */
export interface Refusal<R extends string = string> {
  refused: R
  facts?: Readonly<Record<string, string | number>>
}

/** Makes a refusal. */
export const refuse = <R extends string>(refused: R, facts?: Refusal['facts']): Refusal<R> => (facts ? { refused, facts } : { refused })

/** Tells a refusal from an answer. */
export const isRefusal = (answer: unknown): answer is Refusal => typeof answer === 'object' && answer !== null && 'refused' in answer
