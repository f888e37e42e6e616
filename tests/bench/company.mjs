/** A company of N people as its three roster files, the same every time; `more` people come on top into the same units and companies. */
const FAMILIES = ['佐藤 サトウ', '鈴木 スズキ', '髙橋 タカハシ', '田中 タナカ', '伊藤 イトウ', '渡邉 ワタナベ', '山﨑 ヤマザキ', '中村 ナカムラ', '小林 コバヤシ', '加藤 カトウ', '𠮷田 ヨシダ', '濵田 ハマダ', '松本 マツモト', '井上 イノウエ', '木村 キムラ', '清水 シミズ', '森 モリ', '阿部 アベ', '池田 イケダ']
const GIVENS = ['美咲 ミサキ', '健 タケル', '陽菜 ヒナ', '翔太 ショウタ', '直子 ナオコ', '大輔 ダイスケ', '明 アキラ', '千尋 チヒロ', '拓海 タクミ', '恵子 ケイコ', '悠斗 ユウト', '茜 アカネ', '一郎 イチロウ', '由美 ユミ', '潤 ジュン', '美緒 ミオ', '大地 ダイチ']
const day = (daysAgo) => new Date(Date.now() + 9 * 3_600_000 - daysAgo * 86_400_000).toISOString().slice(0, 10)

export function companyFiles(people, more = 0) {
  const units = Math.max(10, Math.round(people / 60))
  const companies = Math.max(4, Math.round(people / 400))
  const rows = []
  for (let at = 0; at < people + more; at++) {
    const [family, familyKana] = FAMILIES[(at * 7) % FAMILIES.length].split(' ')
    const [given, givenKana] = GIVENS[(at * 5 + Math.floor(at / 19)) % GIVENS.length].split(' ')
    const kind = at % 10 < 6 ? '正社員' : at % 10 === 6 ? '契約社員' : at % 10 === 7 ? 'パート' : at % 10 === 8 ? '派遣社員' : '委託先従業者'
    const company = kind === '派遣社員' ? `A${at % 3}` : kind === '委託先従業者' ? `C${Math.floor(at / 10) % companies}` : ''
    const unit = company.startsWith('C') ? '' : `U${at % units}`
    const own = kind === '正社員' || kind === '契約社員' || kind === 'パート'
    rows.push([`B${String(at).padStart(6, '0')}`, `${family} ${given}`, `${familyKana} ${givenKana}`, at % 2 ? `b${at}@bench.example` : '', kind, company, unit, unit && `部署${unit}`, own && at >= units * 10 ? `B${String((at % units) * 10).padStart(6, '0')}` : '', day(2 + (at % 400)), '', '通信の秘密・個人情報', ''].join(','))
  }
  return {
    roster: ['従事者番号,氏名,フリガナ,メール,雇用形態,会社コード,所属コード,所属名,上長番号,在籍開始日,在籍終了日,取扱区分,18歳未満', ...rows].join('\n') + '\n',
    companies: ['会社コード,会社名,種別,親会社コード,契約番号,契約開始日,契約終了日,責任者番号,氏名表示',
      ...[0, 1, 2].map((at) => `A${at},派遣元${at},派遣元,,H-${at},2024-04-01,,,可`), ...Array.from({ length: companies }, (_, at) => `C${at},委託先${at},委託先,,K-${at},2024-04-01,,,不可`)].join('\n') + '\n',
    units: ['所属コード,所属名,上位所属コード,所属長番号,有効開始日', 'U,本社,,,2020-04-01', ...Array.from({ length: units }, (_, at) => `U${at},部署U${at},U,,2020-04-01`)].join('\n') + '\n',
  }
}
