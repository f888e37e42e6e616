import { ROLE_WORDS, rolesThatMay } from '../domain/access'
import { spanWords } from '../domain/calendar'
import { DRAFT_LIVES_MS } from '../domain/draft'
import { UNDO_DAYS } from '../domain/undo'

/** Reason code → words: what could not be done, why, and what to do now. Every refusal of every decision has its words here. */
export interface Words {
  title: string
  body: string
  next?: { label: string; to: string }
}

type Facts = Readonly<Record<string, string | number>>

const MESSAGES = {
  notFound: () => ({ title: 'ページが見つからないか、見る権限がありません', body: 'リンクが古いか、あなたの担当の外のページです。必要なときは、部署の上長か人事(派遣の方は派遣元の担当者か派遣先の上長、委託先の方は自社の責任者)に頼んでください。', next: { label: 'はじめの画面へ', to: '/' } }),
  foreignOrigin: () => ({ title: 'この操作は受け付けませんでした', body: 'ほかのサイトから送られた操作のようです。記録は変わっていません。はじめの画面から、もう一度お試しください。', next: { label: 'はじめの画面へ', to: '/' } }),
  tooLarge: () => ({ title: '送られたものが大きすぎます', body: '名簿の取込で一度に受け取れるのは、ファイル合わせて20MBまでです。ほかの画面では、文章を短くするか、何回かに分けてお試しください。何も変わっていません。' }),
  badForm: () => ({ title: '送られた内容を読み取れませんでした', body: '欄の形が違うか、使えない文字が入っています。はじめの画面から開き直して、もう一度入力してください。何も変わっていません。', next: { label: 'はじめの画面へ', to: '/' } }),
  slowDown: (facts: Facts) => ({ title: `あと${facts.seconds ?? 60}秒お待ちください`, body: '続けて違うパスワードやコードが入力されました。待つあいだ、同じ店舗のほかの方は普通に使えます。', next: { label: 'サインインへ', to: '/sign-in' } }),
  tooManyWords: (facts: Facts) => ({ title: 'まだ送っていません', body: `短い間に続けて送られたので、次は約${facts.minutes ?? 3}分後に送れます。書いた文はこの画面に残っています。急ぐときは、担当の窓口に電話してください。` }),
  importsWaiting: () => ({ title: 'ほかの名簿を読み込んでいます', body: '名簿は1つずつ読み込みます。1分ほど待って、もう一度選んで読み込んでください。何も変わっていません。' }),
  wrongLogin: () => ({ title: 'サインインできませんでした', body: '番号かパスワードが違います。大文字と小文字、先頭の0を確かめて、もう一度入力してください。パスワードを忘れた方は、この画面の下の「パスワードを忘れた」から進めます。' }),
  notInForce: () => ({ title: '今日は利用できる期間ではありません', body: '在籍や契約の期間がまだ始まっていないか、終わっています。記録は残っています。見る必要があるときや、期間が違うときは、人事(委託先の方は自社の責任者)に伝えてください。入社・受入の前に利用票を受け取った方は、最初の日から、同じコードではじめられます。' }),
  wrongPassword: () => ({ title: 'パスワードが違います', body: 'いまのパスワードを、もう一度入力してください。ほかの入力は残っています。' }),
  nightForMinors: (facts: Facts) => ({ title: '今の時間は受講できません', body: `18歳未満の方は、22時から翌5時まで受講できません(法律で働けない時間です)。${facts.kept ? 'ここまでに保存した答えは、残っています。' : ''}5時以降に、同じところから続けられます。`, next: { label: 'いま、やること へ', to: '/' } }),
  opensLater: (facts: Facts) => ({ title: 'まだ始まっていません', body: `${facts.words ?? facts.day}から受けられます。それまでに、することはありません。`, next: { label: 'いま、やること へ', to: '/' } }),
  alreadySettled: () => ({ title: 'この研修は終わっています', body: 'もう一度受ける必要はありません。教材は、いつでも読み返せます。', next: { label: 'わたしの記録を見る', to: '/records' } }),
  pagesLeft: (facts: Facts) => ({ title: 'まだ読んでいない節があります', body: `テストは、すべての節を表示したあとに受けられます。${facts.page}節から続けてください。` }),
  shownDifferently: () => ({ title: '画面の文が新しくなりました', body: '開いていたあいだに、表示する文が変わりました。記録は、目の前の文と同じものだけを残します。もう一度読んで、ボタンを押してください。' }),
  waitForNextAttempt: (facts: Facts) => ({ title: 'まだ受けられません', body: `次は ${facts.words ?? 'しばらくあと'} から受けられます。それまでに、まちがえたところを読み直せます。` }),
  attemptsUsedUp: () => ({ title: '受けられる回数を使い切りました', body: 'この研修には回数の上限があります。人事か研修事務局(派遣の方は派遣元の担当者か派遣先の人事、委託先の方は自社の責任者)に相談してください。別の方法を用意できることがあります。', next: { label: '相談する', to: '/help/contact' } }),
  handedInElsewhere: (facts: Facts) => ({ title: 'ほかの端末で、先に答えを提出しています', body: 'この画面の答えは使いません。結果は、先に提出したもので出ています。', next: { label: '結果を見る', to: `/attempts/${facts.attempt}` } }),
  timeIsUp: (facts: Facts) => ({ title: '時間になりました', body: '時間までに保存した答えで提出できます。この画面の答えは使いません。', next: { label: '見直して提出する', to: `/attempts/${facts.attempt}/review` } }),
  reasonInOwnWords: () => ({ title: 'まだ開いていません', body: '「そのほか」を選んだときは、くわしい理由を書いてください。本人が読んで分かる言葉にします。' }),
  noAnswer: () => ({ title: '答えがまだ選ばれていません', body: '選んでから、もう一度ボタンを押してください。迷うときは、いちばん近いと思うものを選んでください。見直しの画面で直せます。' }),
  sameNumberTwice: (facts: Facts) => ({ title: '同じ番号が2つあります', body: `「${facts.number}」が2か所以上に入っています。1から${facts.count}を1回ずつ使ってください。` }),
  numberMissing: (facts: Facts) => ({ title: '番号がそろっていません', body: `1から${facts.count}の番号を、1回ずつ付けてください。` }),
  unanswered: (facts: Facts) => ({ title: 'まだ答えていない問題があります', body: `${facts.position}問目に答えてから、提出してください。答えは保存されています。` }),
  templateNotForYou: () => ({ title: 'この書面は、あなたの働き方に合うものではありません', body: '雇用形態が変わったか、割当てが間違っています。署名は要りません。人事(派遣や委託の方は、雇い主の会社の担当者)に知らせてください。', next: { label: 'いま、やること へ', to: '/' } }),
  pledgeSettled: () => ({ title: 'この誓約書は、もう答えが記録されています', body: '先に送った答えが記録されています。変えたいときは、人事(派遣や委託の方は、雇い主の会社の担当者)に知らせてください。', next: { label: 'わたしの記録を見る', to: '/records' } }),
  notDeclined: () => ({ title: 'この誓約書は、もう一度渡せません', body: '本人がそのあとに署名したか、ほかの担当者が先に渡したか、在籍が終わっています。一覧で確かめてください。何も変わっていません。' }),
  templateNotForThem: () => ({ title: 'この書面は、いまの働き方に合いません', body: '雇用形態が変わっています。合う書面があれば、次の計画で自動で割り当てます。何も変わっていません。' }),
  dueTooSoon: (facts: Facts) => ({ title: '新しい期限を選び直してください', body: `本人が読み直し、考える時間が要ります。今日から${facts.days}日以上あと、1年以内の日を入れてください。何も変わっていません。` }),
  pagesNotShown: (facts: Facts) => ({ title: 'まだ署名できません', body: `本文は${facts.pages}ページあります。${facts.page}ページ目がまだ表示されていません。最後まで表示してから、署名するかどうかを選べます。` }),
  pagesChanged: (facts: Facts) => ({ title: '本文が新しくなりました', body: `読んだあとで、本文に入る言葉(会社の名前や窓口など)が変わりました。${facts.page}ページ目から、もう一度読んでください。署名はまだ記録されていません。` }),
  wrongCode: () => ({ title: 'コードを確かめられませんでした', body: '従事者番号とコードの組み合わせが違うか、コードの期限が切れているか、すでに使われています。コードに0(ゼロ)・O・1・I・Lは使っていません。期限が切れたときは、人事か上長(委託先の方は自社の責任者)に新しい利用票を頼んでください。' }),
  passwordShort: () => ({ title: 'パスワードが短すぎます', body: '10文字以上にしてください。短い文をそのまま使うと、長くて覚えやすくなります。' }),
  passwordLong: () => ({ title: 'パスワードが長すぎます', body: '200文字以内にしてください。' }),
  passwordCommon: () => ({ title: 'よく使われるパスワードです', body: '多くの人が使う言葉や、番号・並びだけのものは使えません。関係のない言葉を3つほどつなげると、覚えやすくて見破られにくくなります。' }),
  passwordIsYou: () => ({ title: 'ご自身のことから推測できるパスワードです', body: '従事者番号、氏名、メールアドレス、会社名に少し足しただけのものは使えません。関係のない言葉を選んでください。' }),
  passwordSame: () => ({ title: 'いまと同じパスワードです', body: '新しいパスワードには、いまのものと違うものを選んでください。' }),
  nobodyChosen: () => ({ title: 'まだだれも選ばれていません', body: '一覧の左の四角に印をつけてから、もう一度押してください。何も変わっていません。' }),
  tooManyAtOnce: (facts: Facts) => ({ title: '一度に選べる人数を超えています', body: `一度に${facts.most ?? 200}人までです。分けてお試しください。何も変わっていません。` }),
  notYoursToVouch: () => ({ title: '選んだ人の中に、ここでは案内を送れず、利用票も発行できない人がいます', body: `自分の分と、${ROLE_WORDS.office}の役割がある人の分は、送ることも発行することもできません。その人は「パスワードを忘れた」から自分で決め直せます。メールがない人には、サーバーの管理者がコマンド(account slip)で利用票を発行できます。何も変わっていません。` }),
  inviteThroughCompany: () => ({ title: '委託先で働く方へ、直接メールで案内はできません', body: '委託先で働く方への案内は、雇い主である委託先の会社側担当者が行います。委託先の方を選択から外すか、利用票を発行して会社側担当者に渡してください。' }),
  inviteFromFirstDay: () => ({ title: '入社・受入の前の人に、案内のメールはまだ送れません', body: 'まだサインインできないためです。名簿の取込で登録した人には、最初の日の朝9時に自動で届きます。その人を選択から外すか、利用票を発行して渡してください。何も送っていません。' }),
  rosterHasErrors: (facts: Facts) => ({ title: 'まだ反映できません', body: `反映できないところが${facts.count ?? 1}か所あります。在籍を終える人に入れた最後の日が、在籍開始日より前になっていないかも確かめてください。まだ何も変わっていません。`, next: { label: '直したファイルを読み込む', to: '/people/import' } }),
  rosterChanged: () => ({ title: '反映しませんでした。確かめたあとに、名簿が変わっています', body: 'ほかの人の取込や訂正で、この画面で比べた相手が変わりました。もう一度読み込んで、新しい変化を確かめてから反映してください。まだ何も変わっていません。', next: { label: 'もう一度読み込む', to: '/people/import' } }),
  rosterNothingToDo: () => ({ title: '反映することはありません', body: '名簿は、すでにこの内容と同じです。何も変えていません。', next: { label: '人をさがす', to: '/people' } }),
  leavingNotConfirmed: (facts: Facts) => ({ title: '反映しませんでした。いなくなる人が5%を超えます', body: `在籍が終わる人が${facts.leaving ?? ''}人で、登録されている${facts.registered ?? ''}人の5%を超えます。${facts.part === 1 ? 'この人数で正しいこと' : '部署の一部だけのファイルでないこと'}を確かめ、確認の欄に印を付けて、もう一度反映してください。` }),
  draftGone: () => ({ title: 'この確認は、もう使えません', body: `読み込んでから${spanWords(DRAFT_LIVES_MS)}が過ぎたか、すでに反映またはやめています。もう一度読み込んでください。`, next: { label: '名簿を読み込む', to: '/people/import' } }),
  editGone: () => ({ title: 'この確認は、もう使えません', body: `入力してから${spanWords(DRAFT_LIVES_MS)}が過ぎたか、すでに登録またはやめています。もう一度入力してください。この画面からは何も変わっていません。`, next: { label: '人をさがす', to: '/people' } }),
  nobodyCertified: () => ({ title: 'まだ提出されていません', body: '証明する方が1人も選ばれていません。名前の左の四角に印を付けて、受け取った日を入れてください。' }),
  tooManyChosen: (facts: Facts) => ({ title: 'まだ提出されていません', body: `1回に証明できるのは${facts.most}人までです。何回かに分けて提出してください。` }),
  certifiedMeanwhile: (facts: Facts) => ({ title: 'まだ提出されていません', body: `選んだ方のうち${facts.count}人は、もう証明が済んでいるか、名簿にいません。いまの名簿を確かめて、選び直してください。` }),
  certifiedDecliner: (facts: Facts) => ({ title: 'まだ提出されていません', body: `${facts.number}の方は、署名辞退と答えています。署名していない方は証明に入れられません。印を外してください。本人の考えが変わったときは、本人がここで署名すると入れられます。` }),
  takenInFuture: (facts: Facts) => ({ title: 'まだ提出されていません', body: `${facts.number}の受け取った日が、今日より後になっています。実際に受け取った日を入れてください。` }),
  ownRequest: () => ({ title: '自分の質問や申し出には、自分で回答できません', body: '自分のことを自分で決めないよう、ほかの人事担当者に頼んでください。人事が1人だけのときは、システム管理者に、もう1人の任命を頼めます。回答は送っていません。' }),
  takenBeforeStart: (facts: Facts) => ({ title: 'まだ提出されていません', body: `${facts.number}の受け取った日が、在籍の始まり(${facts.start})より前になっています。実際に受け取った日を確かめてください。在籍の始まりが違うときは、委託元・派遣先の人事に知らせてください。` }),
  alreadyAnswered: () => ({ title: 'もう回答が届いています', body: 'ほかの担当者が先に回答したか、本人が署名しました。この画面の回答は送っていません。' }),
  notYourRoleToGive: () => ({ title: 'この役割は、あなたの役割では変えられません', body: `${ROLE_WORDS.line}は${rolesThatMay('giveLineRoles')}が、${ROLE_WORDS.office}は${rolesThatMay('giveOfficeRoles')}が任命します。何も変わっていません。` }),
  notToOneself: () => ({ title: '自分の役割は、自分では変えられません', body: '同じ任命ができる別の人に頼んでください。何も変わっていません。' }),
  roleNotForContract: () => ({ title: '委託先で働く方と個人受託者には、この役割を与えられません', body: '社内の役割は、自社の従業者と派遣社員が対象です。委託先の方に頼めるのは「会社側担当者」だけです。何も変わっていません。' }),
  contactOfAnotherCompany: () => ({ title: 'この会社の会社側担当者にはできません', body: '会社側担当者は、その会社(または上位の会社)に在籍する人から選びます。番号と会社コードを確かめてください。何も変わっていません。' }),
  appointmentOutsideService: () => ({ title: '開始日が、在籍や契約の期間の外です', body: '在籍が始まる日から終わる日までの間で、開始日を選んでください。何も変わっていません。' }),
  appointmentEndsFirst: () => ({ title: '最後の日が、開始日より前です', body: '開始日と最後の日を確かめてください。終わりを決めないときは、最後の日を空にします。' }),
  alreadyAppointed: () => ({ title: 'この人は、もうこの役割に就いています', body: '期間が重なる同じ役割があります。一覧で確かめてください。期間を変えるときは、いまの役割を終えてから与え直します。' }),
  numberUnknown: (facts: Facts) => ({ title: `従事者番号「${facts.number ?? ''}」の人はいません`, body: '番号の先頭の0も入れて、確かめてください。名簿にまだない人は、先に取り込みます。' }),
  scopeMissing: (facts: Facts) => ({ title: facts.kind === 'company' ? '会社コードを入れてください' : '所属コードを入れてください', body: 'この役割は、どこの役割かを決めて与えます。コードは、欄の候補から選べます。' }),
  scopeUnknown: (facts: Facts) => ({ title: `コード「${facts.code ?? ''}」が見つかりません`, body: '所属長・保護管理者・保護担当者は所属コード、会社側担当者は会社コードを、候補から選んでください。' }),
  endsLater: () => ({ title: '役割は、もっと早く終わることになっています', body: '最後の日には、いま決まっている日より前の日を選んでください。延ばすときは、新しく任命します。' }),
  administratorExists: () => ({ title: 'システム管理者は、もういます', body: '新しいシステム管理者は、いまのシステム管理者が「役割」の画面で任命します。' }),
  changeSetGone: () => ({ title: 'この変更は、元に戻せません', body: '元に戻せるのは、名簿の取込と1人ずつの登録・訂正です。ほかの変更は、新しい訂正として直してください。', next: { label: '変更の履歴へ', to: '/people/changes' } }),
  alreadyUndone: () => ({ title: 'すでに元に戻しています', body: '同じ変更を、もう一度元に戻すことはできません。何も変えていません。', next: { label: '変更の履歴へ', to: '/people/changes' } }),
  undoTooLate: (facts: Facts) => ({ title: '元に戻せる期間が過ぎました', body: `まとめて元に戻せるのは${UNDO_DAYS}日以内(${facts.until ?? ''}まで)です。直すところを、新しい取込か訂正で直してください。`, next: { label: '名簿の取込へ', to: '/people/import' } }),
  nothingToUndo: () => ({ title: '元に戻せるものがありません', body: 'すべて、そのあとに変わったか、受講や署名の記録が付いています。直すところを、1人ずつ訂正してください。', next: { label: '人をさがす', to: '/people' } }),
  damaged: () => ({ title: '保存した記録を確かめられないため、表示しません', body: '保存したときの指紋(SHA-256)と、いまの中身が合いません。壊れたか、書き換えられた可能性があります。記録はそのまま残し、管理者の記録(ログ)に書きました。急ぐときも、この内容を使わず、研修事務局に伝えてください。', next: { label: 'はじめの画面へ', to: '/' } }),
  broken: () => ({ title: 'こちらの不具合で、表示できませんでした', body: '保存した記録は失われていません。少し待って、もう一度お試しください。続くときは、研修事務局に伝えてください。', next: { label: 'もう一度表示する', to: '/' } }),
} satisfies Record<string, (facts: Facts) => Words>

export type MessageCode = keyof typeof MESSAGES

/** The words of a reason; an unknown reason is a defect that the types find. */
export const words = (code: MessageCode, facts: Facts = {}): Words => MESSAGES[code](facts)
