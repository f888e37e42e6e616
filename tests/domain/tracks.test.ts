import { expect, it } from 'vitest'
import { isTrack, readingOf, trackFor } from '../../app/domain/tracks'

it('reads the track that was chosen where the text has it, else Japanese', () => {
  const all = ['ja', 'ja-easy', 'en']
  expect([trackFor('en', all), trackFor('ja-easy', all), trackFor('en', ['ja', 'ja-easy']), trackFor('ja', all)]).toEqual(['en', 'ja-easy', 'ja', 'ja'])
  // a word that is no track is none, even where a text had one of that name
  expect([trackFor('fr', [...all, 'fr']), trackFor('', all), isTrack('fr'), isTrack('en')]).toEqual(['ja', 'ja', false, true])
})

it('offers the tracks that a text has, in one order, and names the one that is missing', () => {
  expect(readingOf({ furigana: true, track: 'en' }, ['en', 'ja'])).toEqual({ furigana: true, track: 'en', tracks: ['ja', 'en'], missing: null })
  expect(readingOf({ furigana: false, track: 'ja-easy' }, ['en', 'ja'])).toEqual({ furigana: false, track: 'ja', tracks: ['ja', 'en'], missing: 'ja-easy' })
})
