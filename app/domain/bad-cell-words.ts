import type { BadCell, BadReason } from './csv'
import { COMPANY_KINDS, type CompanyKind } from './people'
import { FILE_NAMES, KEY } from './roster-columns'

/** What is wrong with a cell and how it is mended: the same words on screen, on the command line and in the file of bad rows. */
export interface BadCellWords {
  reason: string
  mend: string
}

type Told = Pick<BadCell, 'value' | 'hint'>
const quoted = (text: string) => `「${text}」`
const again = 'もとの人事システムから書き出し直すか、'

const WORDS: Record<BadReason, (cell: Told) => BadCellWords> = {
  unreadable: () => ({ reason: '文字コードがわかりません', mend: 'UTF-8 か、Excelの「CSV(コンマ区切り)」で保存し直してください。' }),
  notCsv: ({ hint }) => ({ reason: `CSVではなく、${hint}のファイルです`, mend: 'Excelなら「名前を付けて保存」で種類を「CSV UTF-8(コンマ区切り)」にし、そのファイルを選んでください。人事システムからは、CSVで書き出します。' }),
  tooManyRows: ({ hint }) => ({ reason: `行が多すぎます(${hint}行まで)`, mend: '会社ごとなどに分けて1つずつ読み込むか、サーバーの管理者に、コマンド(roster import、60,000行まで)での取込を頼んでください。' }),
  lineTooLong: ({ hint }) => ({ reason: `1行が長すぎます(${hint}文字まで)`, mend: '閉じていない引用符(")がないか、余分なコンマが並んでいないかを確かめてください。' }),
  moreIsBad: ({ hint }) => ({ reason: `不備が${hint}か所を超えたので、ここから先は調べていません`, mend: 'ここまでの不備を直すか、書き出しの設定を見直して、もう一度読み込んでください。' }),
  empty: () => ({ reason: '行がありません', mend: '見出しの行と、1行以上のデータがあるファイルを選んでください。' }),
  brokenQuotes: () => ({ reason: '引用符(")の組が合いません', mend: '値の中の " は "" と2つ重ねて書いてください。' }),
  columnCount: ({ value, hint }) => ({ reason: `列の数が見出しと違います(${value}列。見出しは${hint}列)`, mend: '値の中のコンマは " で囲み、足りない列は空のまま残してください。' }),
  unknownHeader: ({ hint }) => ({ reason: '知らない見出しです', mend: `使える見出しは、${hint} です。要らない列は消してください。` }),
  missingHeader: ({ hint }) => ({ reason: '必要な見出しがありません', mend: `${quoted(hint)}の列を加えてください。` }),
  duplicateHeader: () => ({ reason: '同じ見出しが2つあります', mend: 'どちらか1つにしてください。' }),
  formula: () => ({ reason: '計算式になる記号(= + - @ など。全角も同じ)で始まっています', mend: '先頭の記号と、その前の空白や見えない文字を消してください。表計算ソフトで開いた人に害があるため、取り込みません。' }),
  myNumber: () => ({ reason: '個人番号の可能性があります', mend: '個人番号は取り込めません。社内の番号に直し、元のファイルを適切に消去してください。' }),
  control: () => ({ reason: '改行やタブなど、見えない文字が入っています', mend: '見えない文字を消してください。' }),
  lostCharacter: () => ({ reason: '文字が失われています', mend: `${again}失われた文字を書き直してください。` }),
  lostMark: () => ({ reason: '「?」や「〓」は、失われた文字の代わりに書かれたもののようです', mend: `${again}正しい文字を書いてください。` }),
  notKana: () => ({ reason: 'フリガナではないようです(数字が入っているか、かなもローマ字もありません)', mend: '列がずれていないかを確かめ、読み方をカタカナで書くか、空にしてください。' }),
  tooLong: ({ hint }) => ({ reason: `長すぎます(${hint}文字まで)`, mend: `${hint}文字までに短くしてください。` }),
  required: ({ hint }) => ({ reason: '空にできない項目です', mend: `値を書いてください。${hint === KEY ? '' : 'ファイルのすべての行が登録済みのもので、変えないときだけ、列ごと消せます。'}` }),
  requiredForNew: () => ({ reason: '新しく登録する人や会社に必要な項目です', mend: '列を加えて、値を書いてください。' }),
  word: ({ hint }) => ({ reason: '決められた言葉ではありません', mend: `${hint}${hint.includes('、') ? ' のどれかを' : ' と'}書いてください。` }),
  category: ({ hint }) => ({ reason: '決められた取扱区分ではありません', mend: `${hint} のうち当てはまるものだけを、「・」でつないで書いてください。` }),
  day: () => ({ reason: 'ない日付か、読めない書き方です', mend: '2026-11-20 か 2026/11/20 のように、正しい日付を書いてください。' }),
  badMail: () => ({ reason: 'メールアドレスの形ではありません', mend: '1つだけ、半角で書くか、空にしてください。' }),
  endBeforeStart: ({ hint }) => ({ reason: `開始日と終了日の前後が逆です(もう一方は${hint})`, mend: '開始日と終了日のどちらかを直してください。' }),
  duplicateNumber: ({ hint }) => ({ reason: `同じ従事者番号が${hint}行目にもあります`, mend: '1人につき1行にしてください。' }),
  lostZeros: ({ value, hint }) => ({
    reason: `先頭の0だけが違う番号(${hint})があります`,
    mend: `${value.length > hint.length
      ? `同じ人なら、0の消えた${quoted(hint)}のほうを直してください(Excelで開くと、先頭の0が消えます)。名簿に登録されているときは、「名簿の変更の履歴」でその登録を元に戻してから、このファイルを読み込み直します。`
      : `同じ人なら、番号を${quoted(hint)}にそろえてください(Excelで開くと、先頭の0が消えます)。`}本当に別の人なら、この行を除き、その人だけを「1人を追加する」で登録してください。`,
  }),
  unknownCompany: () => ({ reason: '登録されていない会社です', mend: '会社のファイルも一緒に読み込むか、会社コードを直してください。' }),
  kindCompany: ({ hint }) => {
    const [kind = '', allowed = '', company = ''] = hint.split('|')
    const word = (one: string) => COMPANY_KINDS[one as CompanyKind] ?? one
    return { reason: `${kind}は、${word(company)}の会社には登録できません`, mend: `種別が${allowed.split(',').map(word).join('・')}の会社にするか、雇用形態を直してください。` }
  },
  soleNeedsCompany: () => ({ reason: '個人受託者に会社コードがありません', mend: '種別が個人の会社コードを書いてください。' }),
  supervisorOnContractor: () => ({ reason: '委託先の人に上長は付けられません', mend: '上長番号を空にしてください。仕事の指示は、委託先の責任者がします。' }),
  unknownSupervisor: () => ({ reason: '名簿にない番号です', mend: '番号を(先頭の0も)直すか、その人も同じファイルに入れてください。' }),
  ownSupervisor: () => ({ reason: '本人の番号です', mend: '上長の番号に直すか、空にしてください。' }),
  unitNameWithoutCode: () => ({ reason: '所属名だけがあり、所属コードがありません', mend: '所属コードを書くか、所属名も空にしてください。' }),
  unitNameConflict: ({ hint }) => {
    const [name = '', where = ''] = hint.split('|')
    return { reason: `同じ所属コードに、違う名前があります(${where}は${quoted(name)})`, mend: '1つの所属コードには、1つの名前を書いてください。' }
  },
  unknownUnit: () => ({ reason: '登録されていない所属です', mend: '所属のファイルも一緒に読み込むか、所属コードを直してください。' }),
  damagedName: ({ hint }) => ({ reason: `登録されている${hint === '' ? '氏名' : quoted(hint)}の文字が、失われているようです`, mend: `${again}正しい文字を書いてください。` }),
  startOfNewCompany: ({ hint }) => ({ reason: `会社が変わる日は、いまの在籍の開始日(${hint})より後でなければなりません`, mend: '新しい会社での在籍開始日を書いてください。' }),
  startBeforeLastEnd: ({ hint }) => ({ reason: `前の在籍の終わり(${hint})と重なります`, mend: '在籍開始日を、前の在籍が終わった後の日にしてください。' }),
  companyConflict: ({ hint }) => ({ reason: `同じ会社コードの${hint}行目と、値が違います`, mend: '同じ会社の行では、会社名・種別・親会社コードをそろえてください。' }),
  duplicateContract: ({ hint }) => ({ reason: `同じ契約番号が${hint}行目にもあります`, mend: '1つの契約につき1行にしてください。' }),
  unknownParent: () => ({ reason: '上位のコードが登録されていません', mend: 'コードを直すか、上位のものも同じファイルに入れてください。' }),
  ownParent: () => ({ reason: '自分自身を上位にしています', mend: '上位のコードを直すか、空にしてください。' }),
  loop: () => ({ reason: '上位をたどると、元に戻ってしまいます', mend: '上下の関係を直してください。' }),
  needsParent: () => ({ reason: '再委託先に、親会社コードがありません', mend: '委託した会社のコードを書いてください。' }),
  kindChange: ({ hint }) => ({ reason: `登録されている種別(${hint})から、この種別には変えられません`, mend: '新しい会社コードで登録してください。' }),
  unknownContact: () => ({ reason: '名簿にない番号です', mend: '責任者の番号を(先頭の0も)直すか、その人も名簿のファイルに入れてください。' }),
  contactElsewhere: () => ({ reason: 'この会社(または上位の会社)の人ではありません', mend: 'その会社の人の番号を書いてください。' }),
  numberTaken: () => ({ reason: 'すでに使われている従事者番号です', mend: '番号を確かめてください。その人の訂正や再入社は、その人の画面からできます。' }),
  unknownNumber: () => ({ reason: '名簿にない従事者番号です', mend: '番号を確かめてください。' }),
  notMissing: () => ({ reason: 'ファイルにいるか、すでに在籍が終わっている人です', mend: '在籍を終える日は、その人の行の在籍終了日に書いてください。' }),
  leaveOverlap: () => ({ reason: 'すでに記録されている休みと重なります', mend: '日を直すか、記録されている休みのほうを直してください。' }),
  leaveOutside: () => ({ reason: '在籍している期間の外です', mend: '在籍開始日から在籍終了日までの間の日にしてください。' }),
  reservedUnit: () => ({ reason: 'この所属コードは、しくみが使うものです', mend: 'ほかの所属コードにしてください。' }),
  duplicateUnit: () => ({ reason: '同じ所属コードで、同じ有効開始日の行があります', mend: '1つの日につき1行にしてください。' }),
  unknownHead: () => ({ reason: '名簿にない番号です', mend: '所属長の番号を(先頭の0も)直すか、その人も名簿のファイルに入れてください。' }),
  roleToOneself: ({ hint }) => ({ reason: `取り込むあなた自身が${hint}になります。自分に役割は付けられません`, mend: 'この行を除くか、番号を元に戻してください。この任命は、ほかの人事担当者か統括管理者に頼んでください。' }),
  headOutside: () => ({ reason: '委託先の人と個人受託者は、所属長になれません', mend: '自社の人か派遣社員の番号を書くか、空にしてください。' }),
  mailOfOffice: ({ hint }) => ({ reason: `${hint}の役割がある人です。メールアドレスは、その役割を任命できる人だけが変えられます`, mend: 'メールを登録どおりに戻すか、列を除いてください。変えるときは、システム管理者に頼んでください(サーバーの上の npm run shuhi -- roster import で変えられます)。' }),
  numberLikeMail: () => ({ reason: '従事者番号に @ は使えません', mend: 'メールアドレスと取り違えるおそれがあります。@ のない番号にしてください。メールアドレスは「メール」の列に書きます。' }),
  otherCompany: () => ({ reason: 'あなたの会社(と下位の会社)の会社コードではありません', mend: 'この行を除くか、あなたの会社の会社コードを書いてください。ほかの会社の人は、その会社か人事が登録します。' }),
  numberElsewhere: () => ({ reason: 'ほかの会社で使われている従事者番号です', mend: '番号を確かめてください。番号は委託元・派遣先が決めます。同じ番号の人の会社が変わったときは、人事に知らせてください。' }),
  kindOutside: () => ({ reason: 'この画面で登録できない雇用形態です', mend: '「委託先従業者」か「派遣社員」にしてください。ほかの雇用形態の人は、人事が登録します。' }),
  unitNotYours: () => ({ reason: '所属は、委託元・派遣先が決めます', mend: '登録どおりに戻すか、列を除いてください。変えるときは、人事に知らせてください。' }),
  supervisorNotYours: () => ({ reason: '上長は、委託元・派遣先が決めます', mend: '登録どおりに戻すか、列を除いてください。' }),
  kindNotYours: () => ({ reason: '登録されている雇用形態と違います。終わった人がまた来るときも、雇用形態は委託元・派遣先が変えます', mend: '登録どおりに戻すか、列を除いてください。変えるときは、人事に知らせてください。' }),
  mailNotYours: ({ hint }) => ({ reason: `委託元・派遣先の${hint}である人です。メールアドレスは、委託元・派遣先が変えます`, mend: '登録どおりに戻すか、列を除いてください。変えるときは、人事に知らせてください。' }),
  termNotYours: ({ hint }) => ({ reason: `委託元・派遣先の${hint}である人です。在籍の開始日と終了日は、委託元・派遣先が変えます`, mend: '登録どおりに戻すか、列を除いてください。終わる日や延びる日が決まったときは、人事に知らせてください。' }),
  roleNotYours: ({ hint }) => ({ reason: `この番号は、${hint}として登録されています。この番号での登録は、委託元・派遣先がします`, mend: 'この行を除き、人事に知らせてください。' }),
  tooDeep: () => ({ reason: '組織の段が深すぎます', mend: '上位の所属を減らすか、所属コードを短くしてください。' }),
}

/** Reason and remedy of one bad cell; a 個人番号 is never repeated in them. */
export const badCellWords = (cell: Pick<BadCell, 'reason' | 'value' | 'hint'>): BadCellWords => WORDS[cell.reason](cell)

/** Where a bad cell stands, for people: 名簿 117行目. Line 0 speaks of the whole file. */
export const badCellPlace = ({ file, line }: Pick<BadCell, 'file' | 'line'>): string => `${FILE_NAMES[file]}${line > 0 ? ` ${line}行目` : ''}`

/** The value as it may be shown; '' where there is none, since the whole file, a whole row or a column that is not there is at fault. */
export const badCellValue = ({ reason, column, value }: Pick<BadCell, 'reason' | 'column' | 'value'>): string => (column === '' || reason === 'missingHeader' ? '' : reason === 'myNumber' ? '12けたの数字(値は表示しません)' : value === '' ? '(空)' : quoted(value))
