// Lists of incidents: the table, the search, and what was found, a page at a time. What is looked for stands in the address.
import { duration, el, incidentLink, labels, mark, number, section, table, when } from './parts.js';

const STATUSES = ['OPEN', 'ACKNOWLEDGED', 'RESOLVED'];
export const SEVERITIES = ['CRITICAL', 'ERROR', 'WARNING', 'INFO'];

const FILTERS = ['q', 'status', 'severity', 'parent'];
const NOTHING = new URLSearchParams();

export async function found(ask, asked) {
  const filters = chosen(asked, FILTERS);
  const cursor = asked.get('cursor');
  const page = await ask('/v1/incidents?' + chosen(asked, [...FILTERS, 'cursor']));
  document.title = 'Incidents · Tocsin';
  return [
    el('p', {}, el('a', { href: '/' }, '← What is open')),
    el('h1', { class: 'unseen' }, 'Incidents'),
    search(filters),
    ...section(words(filters) + (cursor ? ', further back' : ''), undefined,
      incidents(page.items, page.next ? 'None among the latest that were looked at; older ones may be.' : 'None.'),
      turns(filters, cursor, page.next)),
  ];
}

function turns(filters, cursor, next) {
  const links = [
    cursor ? el('a', { href: incidentsLike(filters) }, '← Latest') : '',
    next ? el('a', { href: incidentsLike({ ...Object.fromEntries(filters), cursor: next }), rel: 'next' }, 'Older →') : '',
  ];
  return links.some(Boolean) ? el('nav', { class: 'pages', 'aria-label': 'Pages' }, links) : '';
}

// Where those are listed that pass these filters.
export function incidentsLike(filters) {
  const query = String(new URLSearchParams(filters));
  return query ? `/incidents?${query}` : '/incidents';
}

function chosen(asked, names) {
  return new URLSearchParams(names.map((name) => [name, asked.get(name)]).filter(([, value]) => value?.trim()));
}

function words(filters) {
  const parent = filters.get('parent');
  const parts = [filters.get('status'), filters.get('severity')].filter(Boolean).map((word) => word.toLowerCase());
  if (filters.get('q')) parts.push(`“${filters.get('q')}”`);
  if (parent) parts.push(parent === 'none' ? 'under no storm' : `under the storm of ${parent}`);
  return parts.length ? `Incidents: ${parts.join(', ')}` : 'All incidents';
}

export function search(filters = NOTHING) {
  const choice = (name, all, options) => el('select', { name, 'aria-label': name },
    el('option', { value: '' }, all),
    options.map((option) => el('option', { value: option, selected: filters.get(name) === option ? '' : null }, option.toLowerCase())));
  const form = el('form', { class: 'search', role: 'search', action: '/incidents', 'aria-label': 'Incidents' },
    el('input', { type: 'search', name: 'q', value: filters.get('q'), autocomplete: 'off', 'aria-label': 'title, label or id',
      placeholder: 'Title, label as service=checkout, or id' }),
    choice('status', 'any status', STATUSES),
    choice('severity', 'any severity', SEVERITIES),
    filters.get('parent') ? el('input', { type: 'hidden', name: 'parent', value: filters.get('parent') }) : '',
    el('button', { class: 'first' }, 'Search'),
    [...filters].length ? el('a', { href: '/incidents' }, 'Clear') : '');
  // An address says what is looked for, and nothing of what is not.
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    location.assign(incidentsLike(chosen(new FormData(form), FILTERS)));
  });
  return form;
}

export function incidents(items, none) {
  return table(['Severity', 'Status', 'Incident', 'Alerts', 'Opened', 'Lasts'], items.map((i) => el('tr', {},
    el('td', {}, mark(i.severity)),
    el('td', {}, mark(i.status)),
    el('td', { class: 'wide' }, incidentLink(i.id, i.title),
      el('div', { class: 'facts' }, labels(i.groupLabels), i.flapping ? el('span', { class: 'warning' }, 'flapping') : '',
        i.acknowledgedBy ? `has it: ${i.acknowledgedBy}` : '')),
    el('td', { class: 'number' }, `${number(i.firing)} of ${number(i.alerts)} firing`),
    el('td', { class: 'when' }, when(i.openedAt)),
    el('td', { class: 'when' }, duration(i.openedAt, i.resolvedAt ?? new Date())))), none);
}
