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

/** What became of a reminder, in words. */
export const RESULT_WORDS: Readonly<Record<string, string>> = {
  '': '送る前', sent: '送りました', fictional: '送りません(架空の宛先)', toHand: '紙を渡す前', notOpen: '送るときには終わっていました', givenUp: '届きませんでした', joined: 'ほかの依頼と一緒に送りました', noMail: 'メールの登録がなくなりました',
  done: '送るときには終わっていました', exempt: '送るときには免除されていました', deferred: '送るときには猶予中でした', asked: '送るときには質問の回答待ちでした', declined: '送るときには署名辞退でした', onLeave: '送るときには休職・育休中でした', notStarted: '送るときには在籍の前でした', gone: '送るときには在籍が終わっていました',
  opensLater: '送るときには始まっていませんでした', awaitsEmployer: '送るときには本人の分が終わっていました', throughCompany: '委託先の責任者に依頼します',
}

/** Why a reminder was entered, in words. */
export const REASON_WORDS: Readonly<Record<string, string>> = {
  manager: '上長などの依頼', company: '雇い主の会社の依頼', granted: '受講の時間のお知らせ', before14: '期限の14営業日前', before7: '期限の7営業日前', before1: '期限の前の営業日', after1: '期限の次の営業日', weekly: '期限のあと、毎週',
}
