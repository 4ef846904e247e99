// Chooses the page by its address, and keeps it fresh while somebody looks.
import { el, number, timeOfDay } from './parts.js';
import { actions } from './actions.js';
import { found } from './incidents.js';
import { overview } from './overview.js';
import { story } from './story.js';

const EVERY = 3000;
const main = document.getElementById('main');
const fresh = document.getElementById('fresh');
const account = document.getElementById('account');
const trouble = document.getElementById('trouble');
let drawn = false;

async function ask(path) {
  // From the origin, since an address with a login in it is no address to fetch from.
  const response = await fetch(location.origin + path, { headers: { accept: 'application/json' }, signal: AbortSignal.timeout(10000) });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? `${path} answered ${response.status}`);
  return body;
}

function page() {
  if (location.pathname === '/incidents') return found(ask, new URLSearchParams(location.search));
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
    draw(parts.flat());
    fresh.className = 'fresh';
    fresh.replaceChildren('as of ', timeOfDay(new Date().toISOString()));
    say('');
  } catch (error) {
    if (!drawn) {
      main.replaceChildren(el('h1', {}, error.message), el('p', {}, el('a', { href: '/' }, '← All incidents')));
    } else {
      say(`What is below is not fresh: ${error.message}`);
    }
    fresh.className = 'fresh late';
    fresh.textContent = 'not fresh';
  }
}

// Said once, and heard: a screen reader reads out what changes here.
function say(text) {
  if (trouble.textContent !== text) trouble.textContent = text;
}

// Only the parts that changed are drawn, so that a selection survives; where somebody was with the keyboard, and what
// they wrote, is there again.
function draw(parts) {
  const next = parts.filter((part) => part !== '');
  const was = document.activeElement;
  const key = keyOf(was);
  const nth = alike(key).indexOf(was);
  const written = new Map([...main.querySelectorAll('input, select')].map((input) => [input.name, input.value]));
  if (!drawn) main.replaceChildren();
  drawn = true;
  next.forEach((part, i) => {
    const old = main.children[i];
    if (!old) main.append(part);
    else if (!old.isEqualNode(part)) old.replaceWith(part);
  });
  while (main.children.length > next.length) main.lastElementChild.remove();
  for (const input of main.querySelectorAll('input, select')) {
    if (!input.value) input.value = written.get(input.name) ?? '';
  }
  if (key && document.activeElement !== was) {
    (alike(key)[nth] ?? alike(key)[0] ?? main.querySelector('.actions input'))?.focus({ preventScroll: true });
  }
}

const keyOf = (element) => (main.contains(element) ? element.getAttribute('href') || element.name || element.id : '');
const alike = (key) => [...main.querySelectorAll('a, button, input, select')].filter((element) => key && keyOf(element) === key);

async function keepFresh() {
  if (!document.hidden) await refresh();
  setTimeout(keepFresh, EVERY);
}

document.addEventListener('turned', refresh);
actions(main, () => refresh());
document.addEventListener('visibilitychange', () => { if (!document.hidden) refresh(); });
keepFresh();
