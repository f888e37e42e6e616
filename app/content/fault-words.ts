/** Faults that more than one check tells, each with its remedy. */
export const unknownLaw = (id: string): string => `法令「${id}」は laws.yaml にありません。id を直すか、laws.yaml に足してください`
export const unknownProvision = (id: string): string => `条項「${id}」は provisions.tsv にありません。id を直すか、provisions.tsv に足してください`
export const bareKanji = (kanji: string): string => `ふりがなのない漢字があります: ${kanji}(｜漢字《かんじ》 の形で書いてください)`
export const SCOPE_ELSEWHERE = '{{scope}} を書けるのは、occasion: scope の誓約書だけです。{{scope}} を消してください'
