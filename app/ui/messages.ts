/** Reason code → words: what could not be done, why, and what to do now. Every refusal of every decision has its words here. */
export interface Words {
  title: string
  body: string
  next?: { label: string; to: string }
}

type Facts = Readonly<Record<string, string | number>>

const MESSAGES = {
  notFound: () => ({ title: 'ページが見つからないか、見る権限がありません', body: 'リンクが古いか、あなたの担当の外のページです。必要なときは、部署の上長か人事に頼んでください。', next: { label: 'はじめの画面へ', to: '/' } }),
  foreignOrigin: () => ({ title: 'この操作は受け付けませんでした', body: 'ほかのサイトから送られた操作のようです。記録は変わっていません。はじめの画面から、もう一度お試しください。', next: { label: 'はじめの画面へ', to: '/' } }),
  tooLarge: () => ({ title: 'ファイルが大きすぎます', body: '一度に受け取れるのは40MBまでです。分けてから、もう一度お試しください。何も変わっていません。' }),
  slowDown: (facts: Facts) => ({ title: `あと${facts.seconds ?? 60}秒お待ちください`, body: '続けて違うパスワードやコードが入力されました。待つあいだ、同じ店舗のほかの方は普通に使えます。', next: { label: 'サインインへ', to: '/sign-in' } }),
  broken: () => ({ title: 'こちらの不具合で、表示できませんでした', body: '保存した記録は失われていません。少し待って、もう一度お試しください。続くときは、研修事務局に伝えてください。', next: { label: 'もう一度表示する', to: '/' } }),
} satisfies Record<string, (facts: Facts) => Words>

export type MessageCode = keyof typeof MESSAGES

/** The words of a reason; an unknown reason is a defect that the types find. */
export const words = (code: MessageCode, facts: Facts = {}): Words => MESSAGES[code](facts)
