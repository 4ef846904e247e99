// Chooses the page by its address, and keeps it fresh while somebody looks.
import { el, number } from './parts.js';
import { overview } from './overview.js';
import { story } from './story.js';

const EVERY = 3000;
const main = document.getElementById('main');
const fresh = document.getElementById('fresh');
const account = document.getElementById('account');
let shown = '';

async function ask(path) {
  // From the origin, since an address with a login in it is no address to fetch from.
  const response = await fetch(location.origin + path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(10000) });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? `${path} answered ${response.status}`);
  return body;
}

function page() {
  const match = location.pathname.match(/^\/incidents\/([^/]+)$/);
  return match ? story(ask, decodeURIComponent(match[1])) : overview(ask);
}

async function sum() {
  const sums = await ask('/v1/accounting');
  account.replaceChildren(
    el('strong', {}, number(sums.accounted)), ' of ', el('strong', {}, number(sums.accepted)), ' alerts accounted for');
}

async function refresh() {
  try {
    const [parts] = await Promise.all([page(), sum()]);
    const next = el('div', {}, parts);
    // Only what changed is drawn, so that a selection or a scroll position survives.
    if (next.innerHTML !== shown) {
      shown = next.innerHTML;
      main.replaceChildren(...next.childNodes);
    }
    fresh.className = 'fresh';
    fresh.textContent = `as of ${new Date().toLocaleTimeString('en-GB')}`;
  } catch (error) {
    if (shown === '') {
      main.replaceChildren(el('h1', {}, error.message), el('p', {}, el('a', { href: '/' }, '← All incidents')));
    }
    fresh.className = 'fresh late';
    fresh.textContent = 'not fresh';
    fresh.title = error.message;
  }
}

async function keepFresh() {
  if (!document.hidden) await refresh();
  setTimeout(keepFresh, EVERY);
}

document.addEventListener('turned', refresh);
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
keepFresh();
