// The first page: what is open, the worst that nobody has first; then what was told, what was set aside, whether all is accounted for.
import { el, incidentLink, mark, number, section, table, told, when } from './parts.js';
import { SEVERITIES, incidents, incidentsLike, search } from './incidents.js';

export async function overview(ask) {
  const [accounting, critical, open, acknowledged, resolved, deliveries, letters, anomalies, active, pending, forecasts] = await Promise.all([
    ask('/v1/accounting'),
    ask('/v1/incidents?status=OPEN&severity=CRITICAL&parent=none&limit=100'),
    ask('/v1/incidents?status=OPEN&parent=none&limit=100'),
    ask('/v1/incidents?status=ACKNOWLEDGED&parent=none&limit=100'),
    ask('/v1/incidents?status=RESOLVED&limit=10'),
    ask('/v1/deliveries?limit=15'),
    ask('/v1/dead-letters?state=WAITING&limit=10'),
    ask('/v1/anomalies?limit=5'),
    ask('/v1/silences?state=ACTIVE&limit=200'),
    ask('/v1/silences?state=PENDING&limit=200'),
    ask('/v1/forecasts?limit=10'),
  ]);
  const live = [...new Map([...critical.items, ...open.items, ...acknowledged.items].map((i) => [i.id, i])).values()].sort(worstFirst);
  const liveCount = (accounting.incidents.OPEN ?? 0) + (accounting.incidents.ACKNOWLEDGED ?? 0);
  document.title = liveCount > 0 ? `(${liveCount}) Tocsin` : 'Tocsin';
  return [
    el('h1', { class: 'unseen' }, 'Incidents'),
    search(),
    wrong(accounting),
    ...section('Open incidents', liveCount, incidents(live, 'Nothing is open.'),
      live.length < liveCount ? el('p', { class: 'sums' }, `${number(liveCount - live.length)} more are under a storm's incident, or further back: `,
        el('a', { href: incidentsLike({ status: 'OPEN' }) }, 'all open'), ', ', el('a', { href: incidentsLike({ status: 'ACKNOWLEDGED' }) }, 'all acknowledged')) : ''),
    ...section('Resolved lately', accounting.incidents.RESOLVED ?? 0, incidents(resolved.items, 'None yet.'),
      resolved.next ? el('p', { class: 'sums' }, el('a', { href: incidentsLike({ status: 'RESOLVED' }) }, 'All resolved')) : ''),
    ...section('Silences', active.next ? `${number(active.items.length)}+` : active.items.length, silenceTable([...active.items, ...pending.items]),
      more(active.items.length + pending.items.length, MOST_SILENCES)),
    ...section('Anomalies', undefined, anomalyTable(anomalies.items)),
    ...(forecasts.items.length ? section('Forecasts', forecasts.items.length, forecastTable(forecasts.items)) : []),
    ...section('Latest deliveries', undefined, deliveryTable(deliveries.items, new Map([...live, ...resolved.items].map((i) => [i.id, i.title])))),
    ...section('Dead letters', waiting(accounting), letterTable(letters.items)),
    ...section('Accounting', undefined, tiles(accounting, liveCount)),
  ];
}

const MOST_SILENCES = 20;

// What nobody has comes before what somebody has, the worse before the less bad, the new before the old.
function worstFirst(a, b) {
  return (a.status === 'OPEN' ? 0 : 1) - (b.status === 'OPEN' ? 0 : 1)
    || SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity)
    || b.openedAt.localeCompare(a.openedAt);
}

// What should not be: said before anything else, and only then. An alert of this moment is still on its way.
function wrong(accounting) {
  const late = (n, oldest) => (oldest.some((one) => one.waitingSeconds >= 60) ? n : 0);
  const all = [
    [late(accounting.unexplained, accounting.oldestUnexplained), 'alerts without an outcome'],
    [late(accounting.unexplainedEffects, accounting.oldestUnexplainedEffects), 'effects that nothing was heard of'],
    [accounting.deliveries.DEAD ?? 0, 'deliveries given up'],
    [waiting(accounting), 'dead letters that wait'],
  ].filter(([n]) => n > 0).map(([n, text]) => `${number(n)} ${text}`);
  return all.length ? el('p', { class: 'wrong' }, all.join(' · ')) : '';
}

const more = (all, shown) => (all > shown ? el('p', { class: 'sums' }, `and ${number(all - shown)} more`) : '');

const waiting = (accounting) => Object.values(accounting.deadLetters).reduce((sum, s) => sum + s.waiting, 0);

function tile(value, text, kind) {
  return el('div', { class: 'tile ' + (kind ?? '') }, el('b', {}, number(value)), el('span', {}, text));
}

function tiles(accounting, live) {
  const dead = accounting.deliveries.DEAD ?? 0;
  return el('div', {},
    el('div', { class: 'tiles' },
      tile(accounting.accepted, 'alerts accepted'),
      tile(accounting.accounted, 'accounted for'),
      tile(accounting.unexplained, 'unexplained', accounting.unexplained === 0 ? 'good' : 'bad'),
      tile(accounting.unexplainedEffects, 'effects unexplained', accounting.unexplainedEffects === 0 ? 'good' : 'bad'),
      tile(live, 'incidents open'),
      tile(accounting.deliveries.PENDING ?? 0, 'deliveries pending'),
      tile(dead, 'deliveries given up', dead > 0 ? 'bad' : ''),
      tile(waiting(accounting), 'dead letters', waiting(accounting) > 0 ? 'bad' : '')),
    el('p', { class: 'sums' }, sums('By outcome', accounting.outcomes), sums(' · By source', accounting.sources)));
}

function sums(head, map) {
  const parts = Object.entries(map).filter(([, n]) => n > 0);
  if (parts.length === 0) return '';
  return `${head}: ` + parts.map(([name, n]) => `${number(n)} ${name.toLowerCase().replaceAll('_', ' ')}`).join(', ');
}

function silenceTable(items) {
  return table(['Status', 'What', 'By', 'From', 'To'], items.slice(0, MOST_SILENCES).map((s) => el('tr', {},
    el('td', {}, mark(s.state)),
    el('td', { class: 'wide' }, s.text, el('div', { class: 'under' }, told(s.reason)),
      s.recurrence ? el('div', { class: 'under' }, `${s.recurrence.rule}, ${s.recurrence.timeZone}`) : ''),
    el('td', {}, s.createdBy),
    el('td', { class: 'when' }, when(s.ahead[0]?.startsAt)),
    el('td', { class: 'when' }, when(s.ahead[0]?.endsAt)))), 'Nothing is silenced.');
}

function anomalyTable(items) {
  return table(['Status', 'What', 'Value', 'Expected', 'Deviation', 'Since'], items.map((a) => el('tr', {},
    el('td', {}, mark(a.status)),
    el('td', { class: 'wide' }, a.name, el('div', { class: 'under' }, told(a.explanation))),
    el('td', { class: 'number' }, short(a.value)),
    el('td', { class: 'number' }, `${short(a.low)} to ${short(a.high)}`),
    el('td', { class: 'number' }, short(a.deviation)),
    el('td', { class: 'when' }, when(a.startedAt)))), 'No metric left its band.');
}

function forecastTable(items) {
  return table(['Status', 'Resource', 'Value', 'Limit', 'As of'], items.map((f) => el('tr', {},
    el('td', {}, mark(f.status)),
    el('td', { class: 'wide' }, f.name, el('div', { class: 'under' }, told(f.explanation))),
    el('td', { class: 'number' }, short(f.value)),
    el('td', { class: 'number' }, short(f.limit)),
    el('td', { class: 'when' }, when(f.at)))), 'Nothing is forecast.');
}

const short = (n) => Number(n).toLocaleString('en', { maximumSignificantDigits: 4 });

function deliveryTable(items, titles) {
  return table(['Status', 'What', 'To', 'Attempts', 'Planned'], items.map((d) => el('tr', {},
    el('td', {}, mark(d.status)),
    el('td', { class: 'wide' }, (d.about ?? d.kind).replaceAll('-', ' '),
      el('div', { class: 'under' }, incidentLink(d.incidentId, titles.get(d.incidentId))),
      d.detail ? el('div', { class: 'under' }, told(d.detail)) : ''),
    el('td', {}, d.endpoint, d.receipt ? el('div', { class: 'under' }, d.receipt) : ''),
    el('td', { class: 'number' }, number(d.attempts)),
    el('td', { class: 'when' }, when(d.plannedAt)))), 'Nobody was told anything yet.');
}

function letterTable(items) {
  return table(['Set aside by', 'Cause', 'From', 'Bytes', 'When'], items.map((l) => el('tr', {},
    el('td', {}, l.service, el('div', { class: 'under' }, l.id)),
    el('td', { class: 'wide' }, told(l.cause)),
    el('td', {}, l.origin, el('div', { class: 'under' }, l.position ?? '')),
    el('td', { class: 'number' }, number(l.size)),
    el('td', { class: 'when' }, when(l.at)))), 'Nothing was set aside.');
}
