// Tells the JUnit test that runs us what became of each test: one JSON object a line.
import { inspect } from 'node:util';

const RESULT = 'RESULT ';

export default async function* reporter(events) {
  for await (const { type, data } of events) {
    const isResult = type === 'test:pass' || type === 'test:fail';
    if (isResult && data.details.type !== 'suite') {
      const cause = data.details.error?.cause ?? data.details.error;
      const failure = type === 'test:fail' ? cause?.stack ?? inspect(cause) : '';
      yield `${RESULT}${JSON.stringify({ name: data.name, millis: Math.round(data.details.duration_ms), failure })}\n`;
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
}
