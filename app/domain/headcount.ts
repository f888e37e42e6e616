/** As many people as one company may declare. */
export const MOST_PEOPLE = 100_000

/** Whether what a company declared is another number than what is registered of it; before the first declaration nothing is. */
export const headcountDiffers = (declared: number | null, registered: number): boolean => declared !== null && declared !== registered
