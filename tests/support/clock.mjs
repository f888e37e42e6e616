/** Loaded before the product in journeys only: its one clock can be moved from the test, so that no test waits for a night. */
const now = Date.now
let offsetMs = 0
Date.now = () => now() + offsetMs
process.on('message', (given) => {
  offsetMs = given.offsetMs
  process.send(given)
})
process.channel?.unref()
