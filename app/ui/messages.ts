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
  wrongLogin: () => ({ title: 'サインインできませんでした', body: '番号かパスワードが違います。大文字と小文字、先頭の0を確かめて、もう一度入力してください。パスワードを忘れた方は、この画面の下の「パスワードを忘れた」から進めます。' }),
  notInForce: () => ({ title: '今日は利用できる期間ではありません', body: '在籍や契約の期間がまだ始まっていないか、終わっています。記録は残っています。見る必要があるときや、期間が違うときは、人事(委託先の方は自社の責任者)に伝えてください。' }),
  wrongPassword: () => ({ title: 'パスワードが違います', body: 'いまのパスワードを、もう一度入力してください。ほかの入力は残っています。' }),
  broken: () => ({ title: 'こちらの不具合で、表示できませんでした', body: '保存した記録は失われていません。少し待って、もう一度お試しください。続くときは、研修事務局に伝えてください。', next: { label: 'もう一度表示する', to: '/' } }),
} satisfies Record<string, (facts: Facts) => Words>

export type MessageCode = keyof typeof MESSAGES

/** The words of a reason; an unknown reason is a defect that the types find. */
export const words = (code: MessageCode, facts: Facts = {}): Words => MESSAGES[code](facts)
