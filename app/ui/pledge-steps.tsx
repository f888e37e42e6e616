/** Where one is in a pledge: its title and version, which step of how many. */
export function PledgeSteps({ title, version, at, of, words }: { title: string; version: string; at: number; of: number; words: string }) {
  return (
    <div className="steps mb-7">
      <div><span>{title} 第{version}版</span><span><b>{at} / {of}　{words}</b></span></div>
      <progress value={at} max={of} aria-label="誓約書の進み">{at} / {of}　{words}</progress>
    </div>
  )
}
