import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { PageProps } from '../app.tsx';
import { api, Problem } from '../api/client.ts';
import { language, t, type MessageKey } from '../i18n/i18n.ts';
import { useMember } from '../session/member.ts';
import { Empty } from '../ui/empty.tsx';
import { Loaded, useLoaded } from '../ui/loaded.tsx';
import { entitle } from '../ui/title.ts';
import { said } from '../ui/toast.tsx';
import { When } from '../ui/when.tsx';
import { missingRoles, sections, silent, type Figure, type Section, type Shown, type Status } from './figures.ts';
import { Plot } from './plot.tsx';

/** Figures of which nothing at all is good news, with words of its own. */
const NONE = new Set<string>(['outboxOldest', 'queueParked', 'feedsDiverged', 'faults']);

/** Milliseconds between two looks: the server measures as often. */
const EVERY = 15_000;

/** How the server does, for its administrators. */
export default function StatusPage({ place }: PageProps): JSX.Element | null {
  entitle(t('nav.status'));
  const account = useMember(place);
  return account === null ? null : <Looking handle={account.handle} />;
}

function Looking({ handle }: { handle: string }): JSX.Element {
  const loading = useLoaded(() => api('get', '/api/v1/status'));
  const refused = loading.error instanceof Problem && loading.error.status === 403;
  useEffect(() => {
    const look = () => {
      if (!document.hidden && !refused) {
        loading.again();
      }
    };
    const timer = setInterval(look, EVERY);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [refused]);
  return (
    <>
      <h1>{t('nav.status')}</h1>
      {refused ? (
        <Empty title={t('status.forbidden')}>
          <p>{t('status.forbidden.text')}</p>
          <code>freshet accounts administrator {handle}</code>
        </Empty>
      ) : (
        <>
          {loading.value !== undefined && loading.error !== undefined && <p class="error">{said(loading.error)}</p>}
          <Loaded of={loading}>{status => <Whole status={status} />}</Loaded>
        </>
      )}
    </>
  );
}

function Whole({ status }: { status: Status }): JSX.Element {
  const all = sections(status.figures);
  return (
    <>
      <Verdict status={status} all={all} />
      {all
        .filter(section => section.figures.length > 0)
        .map(section => (
          <section key={section.name} class="part">
            <h2>{t(`status.${section.name}`)}</h2>
            {section.figures.map(figure => (
              <Line key={figure.name} figure={figure} status={status} />
            ))}
          </section>
        ))}
      <Nodes status={status} />
    </>
  );
}

/** Whether it is well, in a sentence. */
function Verdict({ status, all }: { status: Status; all: Section[] }): JSX.Element {
  const wrong = all.filter(section => section.figures.some(figure => figure.bad)).map(section => t(`status.${section.name}`));
  const missing = missingRoles(status).map(role => t(`status.role.${role}`));
  const list = (items: string[]) => new Intl.ListFormat(language.value).format(items);
  return (
    <div class={`notice verdict ${wrong.length + missing.length === 0 ? 'good' : ''}`}>
      <div role="status">
        {missing.length > 0 && <p>{t('status.missing', { what: list(missing) })}</p>}
        {wrong.length > 0 && <p>{t('status.wrong', { what: list(wrong) })}</p>}
        {wrong.length + missing.length === 0 && <p>{t('status.well')}</p>}
      </div>
      <p class="hint">
        {t('status.at')} <When at={status.at} />
      </p>
    </div>
  );
}

function Line({ figure, status }: { figure: Shown; status: Status }): JSX.Element {
  const { name, unit, value, points, age } = figure;
  const axis = (number: number) => written(number, unit, 'compact');
  const form = unit === 'flag' ? (value >= 1 ? '.yes' : '.no') : value === 0 && NONE.has(name) ? '.none' : '';
  return (
    <div class={`figure ${figure.bad ? 'bad' : ''}`}>
      <p>
        {t(`figure.${name}${form}` as MessageKey, { v: written(value, unit) })}{' '}
        {age > 0 && <When at={new Date(Date.parse(status.at) - age * status.every * 1000).toISOString()} />}
      </p>
      <Plot points={points} top={unit === 'ratio' || unit === 'flag' ? 1 : 0} write={axis} />
    </div>
  );
}

/** A value in the reader's language, with its unit where it has one of its own. */
function written(value: number, unit: Figure['unit'], notation: 'standard' | 'compact' = 'standard'): string {
  const format = (number: number, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(language.value, { maximumFractionDigits: 1, ...options }).format(number);
  const measure = (number: number, name: string) => format(number, { style: 'unit', unit: name, maximumSignificantDigits: 2 });
  switch (unit) {
    case 'seconds':
      return value < 1 ? measure(value * 1000, 'millisecond') : value < 120 ? measure(value, 'second') : measure(value / 60, 'minute');
    case 'ratio':
      return format(value, { style: 'percent' });
    case 'flag':
      return t(value >= 1 ? 'status.yes' : 'status.no');
    case 'perSecond':
      return format(value, { notation });
    case 'count':
      return format(value, { notation, maximumFractionDigits: notation === 'compact' ? 1 : 0 });
  }
}

function Nodes({ status }: { status: Status }): JSX.Element {
  return (
    <section class="part">
      <h2 id="nodes">{t('status.nodes')}</h2>
      {/* It is wider than a phone: whoever uses the keys can scroll it, too. */}
      <div class="wide" role="region" aria-labelledby="nodes" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('status.node')}</th>
              <th scope="col">{t('status.roles')}</th>
              <th scope="col">{t('status.version')}</th>
              <th scope="col">{t('status.started')}</th>
              <th scope="col">{t('status.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {status.nodes.map(node => (
              <tr key={node.name} class={silent(node, status) ? 'silent' : ''}>
                <th scope="row">{node.name}</th>
                <td>{node.roles.map(role => t(`status.role.${role}`)).join(', ')}</td>
                <td>{node.version}</td>
                <td>
                  <When at={node.startedAt} />
                </td>
                <td>
                  {silent(node, status) && t('status.silent')} <When at={node.seenAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
