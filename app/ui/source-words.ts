/** The documents from which the ledger of what is asked was drawn, as said to people (domain.md §7.10). */
export const SEED_WORDS: Readonly<Record<string, string>> = { '000': '情報取扱規程の記載例', '001': '業務改善命令の指針(案)', '002': '漏えい対応の解説', '003': '総務省訓令第54号', '004': '安全管理措置の点検表' }
export const STATUS_WORDS: Readonly<Record<string, string>> = { example: '例示', draft: '案', practice: '実務の解説', oldRegime: '旧制度の解説', model: '公的機関の内部規程を参考', checklist: '点検の例示' }
const FIT: Readonly<Record<string, string>> = { D: '守秘の働き', T: '教える', E: '証跡を添える', O: '守秘の外' }
/** `D/T` in words: 守秘の働き・教える. */
export const fitWords = (fit: string): string => fit.split('/').map((one) => FIT[one] ?? one).join('・')
export const FITS = Object.keys(FIT)
export const fitWord = (fit: string): string => FIT[fit] ?? fit
export const REVIEW_WORDS: Readonly<Record<string, string>> = { draft: '下書き', internal: '社内で点検済み', counsel: '弁護士が確認済み', needsUpdate: '見直しが必要', superseded: '新しい版があります' }
