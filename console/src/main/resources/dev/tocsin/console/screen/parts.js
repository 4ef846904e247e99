// Building blocks. All text goes in as text nodes: what a sender wrote is never markup here.

export function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== undefined && value !== null) element.setAttribute(key, value);
  }
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== '') element.append(child);
  }
  return element;
}

// A link where the address is http(s), plain text otherwise.
export function link(text, href) {
  try {
    const url = new URL(href);
    if (url.protocol === 'http:' || url.protocol === 'https:') {
      return el('a', { href: url.href, rel: 'noopener noreferrer', target: '_blank' }, text);
    }
  } catch { /* Not an address. */ }
  return el('span', { title: href }, text);
}

export const incidentLink = (id, text) => el('a', { href: '/incidents/' + encodeURIComponent(id) }, text ?? id);

export function mark(word) {
  return el('span', { class: 'mark ' + String(word).toLowerCase() }, String(word).toLowerCase().replaceAll('_', ' '));
}

export function labels(map) {
  return Object.entries(map ?? {}).filter(([, value]) => value !== '').sort().map(([name, value]) => el('span', { class: 'label' }, `${name}=${value}`));
}

export function number(n) {
  return Number(n ?? 0).toLocaleString('en');
}

const two = (n) => String(n).padStart(2, '0');
export const day = (iso) => { const d = new Date(iso); return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`; };
const clock = (iso) => { const d = new Date(iso); return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`; };

// Every time is told by the reader's own clock, and on hovering as logs and other people have it.
function time(iso, shown) {
  const utc = new Date(iso).toISOString();
  return el('time', { datetime: utc, title: `${utc.slice(0, 10)} ${utc.slice(11, 19)} UTC` }, shown);
}

export const timeOfDay = (iso) => time(iso, clock(iso));

export function when(iso) {
  if (!iso) return '';
  const today = day(new Date()) === day(iso);
  return time(iso, today ? clock(iso) : `${day(iso)} ${clock(iso)}`);
}

const TIME = /(\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z| UTC|[+-]\d\d:\d\d))/;

// A text, with the times in it told as all others are.
export function told(text) {
  return String(text ?? '').split(TIME).map((part, i) => {
    const iso = part.replace(' UTC', 'Z').replace(' ', 'T');
    return i % 2 === 0 || Number.isNaN(Date.parse(iso)) ? part : when(iso);
  });
}

export function duration(from, to) {
  const seconds = Math.max(0, Math.round((new Date(to) - new Date(from)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds / 3600) % 24} h`;
}

export function section(title, count, ...body) {
  return [el('h2', {}, title, count === undefined ? '' : el('span', { class: 'count' }, typeof count === 'number' ? number(count) : count)), ...body];
}

export function table(heads, rows, none) {
  if (rows.length === 0) return el('div', { class: 'sheet' }, el('p', { class: 'quiet' }, none));
  return el('div', { class: 'sheet' },
    el('table', {},
      el('thead', {}, el('tr', {}, heads.map((head) => el('th', { scope: 'col' }, head)))),
      el('tbody', {}, rows)));
}
