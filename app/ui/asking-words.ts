/** Why somebody is not asked today, in words for whoever wanted to ask; no reasons of anybody's private matters. */
export const WHY_NOT: Readonly<Record<string, string>> = {
  done: 'すべて終わっています。',
  exempt: '免除されています。',
  deferred: '猶予中です。新しい期限の日までは送りません。',
  asked: '本人が質問をしていて、回答を待っています。期限は止まっています。',
  declined: '署名しないという答えが記録されています。人事が話をきく番です。',
  onLeave: '休職・育休中です。期限は止まっています。復帰してから送れます。',
  notStarted: 'まだ入社・受入の日の前です。',
  gone: '在籍・契約が終わっています。',
  opensLater: 'いま受けられるものはありません。始まる日になると、本人の画面に出ます。',
  awaitsEmployer: '本人の分は終わっています。雇い主の会社の誓約取得証明を待っています。',
  throughCompany: '委託先で働く方へ、直接の依頼はできません。委託先の責任者に依頼してください。',
  noContact: '会社側担当者がいないか、担当者のメールの登録がありません。人事に知らせてください。',
}

/** The same of a pledge that is signed, to the company whose turn it is. */
export const OWN_CERTIFICATE = '本人の分は終わっています。残りは会社の誓約取得証明です。「自社の名簿」の「証明を作る」から提出してください。'
