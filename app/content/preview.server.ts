import { addresseeFor } from '../domain/pledge'
import type { Relation } from '../domain/people'
import type { EditorsQuestion } from '../domain/quiz'
import type { Edition } from './editions.server'
import type { Library } from './library.server'
import { withPhrases } from './phrases'
import type { ModuleVersion, PledgeMeta, Variables } from './schema'
import { toldQuestion } from './told.server'
import { variablesFor } from './variables.server'

/** Stands for the employer of somebody whom another company employs: the reader will see their own. */
const SAMPLE_EMPLOYER: Readonly<Record<Relation, string>> = { own: '', dispatched: '(派遣元の会社名)', contract: '(委託先の会社名)', sole: '(個人受託者の名前)' }
const SAMPLE_SCOPE = '(本人が取り扱う情報の一覧)'
const RELATION_OF: Readonly<Record<PledgeMeta['relation'], Relation>> = { employment: 'own', mandate: 'own', dispatched: 'dispatched', contractor: 'contract', sole: 'sole' }

/** For whom a text can be: a pledge is for one relation, any other text for all. */
export function audiencesOf(edition: Edition): Relation[] {
  const version = edition.read?.version
  return version?.kind === 'pledge' ? [RELATION_OF[version.meta.relation]] : ['own', 'dispatched', 'contract', 'sole']
}

/** What is filled in for an audience, as for a real reader. */
export function previewVariables(library: Library, relation: Relation): Variables {
  const companyName = relation === 'own' ? library.words.operator : SAMPLE_EMPLOYER[relation]
  return variablesFor(library, { relation, companyName }, addresseeFor(relation) === 'operator' ? library.words.operator : companyName)
}

/** What each kind of reader of a text is filled in with; where a pledge lists what somebody handles stands that it does. */
export function readersOf(library: Library, edition: Edition): [Variables, ...Variables[]] {
  const [first, ...others] = audiencesOf(edition).map((relation): Variables => ({ ...previewVariables(library, relation), scope: SAMPLE_SCOPE }))
  return [first!, ...others]
}

/** A page as its readers see it, in one track; `whole` is the only page of a notice, `aid` the job aid. */
export function previewPage(library: Library, edition: Edition, pageId: string, how: { track: string; furigana: boolean; variables: Variables }) {
  const version = edition.read?.version
  if (!version || version.kind === 'checklist') return undefined
  if (version.kind === 'module' && pageId === 'aid') return library.renderAid(version, how)
  return library.renderPage(version, pageId, how)
}

/** The pages of a version in a track, in order; the job aid last. */
export function pagesIn(edition: Edition, track: string): { id: string; title: string }[] {
  const { read } = edition
  const pages = (read?.tracks.get(track)?.pages ?? []).map(({ id, title }) => ({ id, title }))
  const aid = read?.aids?.get(track)
  return aid ? [...pages, { id: 'aid', title: aid.title }] : pages
}

/** The bank of a module in a track, keys shown. */
export function editorsQuestions(library: Library, edition: Edition, how: { track: string; furigana: boolean; variables: Variables }): EditorsQuestion[] {
  const { read } = edition
  if (read?.version.kind !== 'module') return []
  const version: ModuleVersion = read.version
  const words = read.bankWords?.get(how.track)?.value
  const { topics } = library.namesIn(version, how.track)
  const html = (source: string) => withPhrases(library.renderText(source, how))
  return version.bank.questions.map((bare) => {
    const question = words ? toldQuestion(bare, words) : bare
    const asOf = version.meta.sections.find(({ id }) => id === question.section)?.asOf ?? version.meta.asOf
    return {
      id: question.id, topic: topics.get(question.topic)?.text ?? question.topic, kind: question.kind, situational: question.situational, reportFirst: question.reportFirst, difficulty: question.difficulty, html: html(question.text),
      options: question.options.map(({ text, correct, why }) => ({ html: html(text), isKey: correct === true, why: why ? html(why) : '' })), explanation: html(question.explanation),
      section: question.section, laws: library.lawTitles(question.laws, asOf), provisions: question.provisions,
    }
  })
}
