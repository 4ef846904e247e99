// What a person may do to an incident from its page: have it, end it, say something about it.
import { el } from './parts.js';

// What the last wish came to, on the incident it was for.
let said = {};

export function actionForm(incident) {
  const over = incident.status === 'RESOLVED';
  return el('form', { class: 'actions', 'data-incident': incident.id, 'aria-label': 'What to do about it' },
    incident.status === 'OPEN' ? el('button', { type: 'button', name: 'acknowledge', class: 'first' }, 'Acknowledge') : '',
    over ? '' : el('button', { type: 'button', name: 'resolve' }, 'Resolve'),
    el('input', { name: 'text', maxlength: 10000, autocomplete: 'off', 'aria-label': 'Note', placeholder: 'A note: what you see, what you do' }),
    el('button', { name: 'notes' }, 'Add note'),
    el('output', { class: said.late ? 'late' : '' }, said.id === incident.id ? said.text : ''));
}

// Clicks are heard where the form stands: drawn anew, it is another.
export function actions(main, done) {
  main.addEventListener('click', (event) => {
    const { form, name } = event.target;
    if (name === 'acknowledge') send(form, name, undefined, done);
    if (name === 'resolve' && confirm('Resolve this incident? Its page and its ticket are ended too.')) send(form, name, undefined, done);
  });
  main.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('.actions')) return;
    event.preventDefault();
    if (form.elements.text.value.trim() === '') form.elements.text.focus();
    else send(form, 'notes', { text: form.elements.text.value }, done);
  });
}

async function send(form, what, body, done) {
  const id = form.dataset.incident;
  const say = (text, late) => {
    said = { id, text, late };
    done();
  };
  say('Asking …', false);
  try {
    const response = await fetch(`${location.origin}/v1/incidents/${encodeURIComponent(id)}/${what}`, {
      method: 'POST',
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(10000),
    });
    if (!response.ok) throw new Error((await response.json()).detail ?? `this answered ${response.status}`);
    if (body) document.querySelector('.actions input').value = '';
    // What is decided stands in the timeline a moment later.
    setTimeout(() => say('', false), 400);
  } catch (error) {
    say(`Not done: ${error.message}`, true);
  }
}
