// One incident: what happened, what is known, who was told.
import { actionForm } from './actions.js';
import { incidentsLike } from './incidents.js';
import { day, duration, el, incidentLink, labels, link, mark, number, section, table, timeOfDay, told, when } from './parts.js';

export async function story(ask, id) {
  const incident = await ask('/v1/incidents/' + encodeURIComponent(id));
  document.title = `${incident.title} · Tocsin`;
  return [
    el('p', {}, el('a', { href: '/' }, '← All incidents')),
    el('h1', {}, incident.title),
    el('div', { class: 'facts' }, mark(incident.severity), mark(incident.status), labels(incident.groupLabels),
      incident.flapping ? el('span', { class: 'warning' }, 'flapping') : '',
      el('span', {}, 'opened ', when(incident.openedAt),
        incident.resolvedAt ? `, over after ${duration(incident.openedAt, incident.resolvedAt)}` : `, for ${duration(incident.openedAt, new Date())}`),
      incident.acknowledgedBy ? el('span', {}, `has it: ${incident.acknowledgedBy}`) : '',
      incident.parent ? el('span', {}, 'under the storm of ', incidentLink(incident.parent)) : '',
      incident.epoch > 1 ? el('span', {}, `opened ${incident.epoch} times`) : '',
      el('span', { class: 'label' }, incident.id)),
    look(incident.alerts),
    actionForm(incident),
    el('div', { class: 'columns' },
      el('div', {}, section('What happened', undefined, timeline(incident))),
      el('div', {},
        incident.children ? section('Under this storm', incident.children.count, children(incident.id, incident.children)) : '',
        section('What is known', undefined, context(incident.context)),
        section('What has to do with it', incident.relations.length + incident.moreRelations, relations(incident)),
        section('Alerts', incident.alerts.length + incident.moreAlerts, alerts(incident)),
        section('Who was told', incident.deliveries.length, deliveries(incident.deliveries)))),
  ];
}

// Where to look, of the first alert that says: its runbook before its graphs.
function look(alerts) {
  const links = alerts.map((alert) => alert.links ?? {});
  const found = ['runbook', 'dashboard', 'panel'].map((name) => [name, links.find((own) => own[name])?.[name]]).filter(([, href]) => href);
  return found.length ? el('p', { class: 'facts' }, found.map(([name, href]) => link(name, href))) : '';
}

const BAD = ['delivery.dead', 'context.failed', 'step.failed', 'run.failed'];

// What went as it should, step by step, stands behind a button: the story reads without it.
let everything = false;

function timeline(incident) {
  const list = el('ol', { class: 'timeline' });
  const sent = new Map(incident.deliveries.map((delivery) => [delivery.id, delivery]));
  const routine = incident.timeline.filter((entry) => isRoutine(entry, sent)).length;
  let today = day(incident.openedAt);
  for (const entry of incident.timeline) {
    if (day(entry.at) !== today) {
      today = day(entry.at);
      list.append(el('li', { class: 'day' }, today));
    }
    list.append(el('li', { class: colour(entry) + (isRoutine(entry, sent) ? ' routine' : '') },
      timeOfDay(entry.at), el('p', {}, told(entry.text))));
  }
  const sheet = el('div', { class: 'sheet' + (everything ? ' everything' : '') }, list,
    incident.timelineComplete ? '' : el('p', { class: 'quiet' }, 'There is more than fits here.'));
  if (routine > 0) sheet.append(el('button', { id: 'everything' },
    everything ? 'Without the routine' : `And ${number(routine)} routine entries`));
  return sheet;
}

// Drawn anew, a button is another: so clicks are heard where it stands.
document.addEventListener('click', (event) => {
  if (event.target.id !== 'everything') return;
  everything = !everything;
  document.dispatchEvent(new Event('turned'));
});

function isRoutine(entry, sent) {
  switch (entry.kind) {
    case 'run.started':
    case 'step.started':
      return true;
    case 'step.done':
      return entry.data.kind !== 'wait';
    case 'delivery.planned':
      return sent.get(entry.data.id)?.status === 'DELIVERED';
    case 'delivery.attempt':
      return entry.data.outcome.type === 'delivered' && entry.data.n === 1
        && sent.get(entry.data.deliveryId)?.notification.content.type === 'event';
    default:
      return false;
  }
}

function colour(entry) {
  if (BAD.includes(entry.kind)) return 'bad';
  if (entry.kind === 'delivery.attempt' && entry.data.outcome.type !== 'delivered') return 'tried';
  return entry.kind.split('.')[0];
}

function context(found) {
  if (!found) return el('div', { class: 'sheet' }, el('p', { class: 'quiet' }, 'No context has arrived yet.'));
  const facts = el('dl', {});
  const fact = (name, ...value) => facts.append(el('dt', {}, name), el('dd', {}, value));
  const list = (items) => el('ul', {}, items.map((item) => el('li', {}, told(item))));
  if (found.probableCause) {
    fact('Probable cause', told(found.probableCause),
      found.confidence === undefined || found.confidence === null ? '' : ` (${Math.round(found.confidence * 100)} % sure)`);
  }
  if (found.nextSteps.length) fact('Next steps', list(found.nextSteps));
  if (found.followUpQuestions.length) fact('Open questions', list(found.followUpQuestions));
  fact('By', `${found.model ?? 'evidence only, no model'}, ${number(found.tookMillis)} ms`);
  return el('div', { class: 'sheet padded' }, el('p', { class: 'summary' }, told(found.summary)), facts,
    found.evidence.length ? el('h2', {}, 'Evidence') : '',
    found.evidence.map((e) => el('div', { class: 'evidence' },
      el('div', {}, e.link ? link(e.title, e.link) : e.title, ' ', el('span', { class: 'quiet' }, `${e.source} · ${e.id}`)),
      el('div', {}, told(e.text)), el('code', {}, e.query))));
}

function relations(incident) {
  const sheet = el('div', { class: 'sheet padded' });
  if (incident.mergedInto) sheet.append(el('p', {}, 'It is part of ', incidentLink(incident.mergedInto, incident.mergedInto), ' now.'));
  const first = incident.firstCause;
  if (!first) {
    sheet.append(el('p', { class: 'quiet' }, 'Nothing that is known.'));
    return sheet;
  }
  sheet.append(el('p', { class: 'summary' }, 'Likely first cause: ',
    first.incidentId === incident.id ? 'this incident' : incidentLink(first.incidentId, first.title),
    ` (of ${number(first.among)}, weight ${Math.round(first.score * 100)} %)`),
    el('ul', {}, first.reasons.map((reason) => el('li', {}, told(reason)))));
  for (const other of incident.relations) {
    sheet.append(el('div', { class: 'evidence' },
      el('div', {}, incidentLink(other.incidentId, other.title), ' ', el('span', { class: 'quiet' }, `${Math.round(other.confidence * 100)} %`)),
      el('div', {}, told(other.reasons.map((reason) => reason.text).join('; ')))));
  }
  if (incident.moreRelations) sheet.append(el('p', { class: 'quiet' }, `and ${number(incident.moreRelations)} more`));
  return sheet;
}

function children(storm, under) {
  return el('div', { class: 'sheet padded' },
    el('p', {}, Object.entries(under.byStatus).map(([status, n]) => `${number(n)} ${status.toLowerCase()}`).join(', ')),
    under.latest.map((child) => el('div', { class: 'evidence' }, mark(child.status), ' ', incidentLink(child.id, child.title), ' ',
      labels(child.groupLabels))),
    under.count > under.latest.length ? el('p', {}, el('a', { href: incidentsLike({ parent: storm }) }, `All ${number(under.count)}`)) : '');
}

function alerts(incident) {
  return el('div', { class: 'sheet' }, incident.alerts.map((alert) => el('div', { class: 'alert' },
    el('div', { class: 'facts' }, mark(alert.status), mark(alert.severity), el('strong', {}, alert.title)),
    alert.annotations.summary ? el('div', {}, told(alert.annotations.summary)) : '',
    el('div', { class: 'facts' }, labels(alert.labels)),
    el('div', { class: 'facts' }, `${alert.source}, since `, when(alert.startsAt), values(alert.values),
      Object.entries(alert.links ?? {}).filter(([, href]) => href).map(([name, href]) => link(LINKS[name] ?? name, href))))),
    incident.moreAlerts > 0 ? el('p', { class: 'quiet' }, `and ${number(incident.moreAlerts)} more`) : '');
}

// What the links of an alert lead to, where their name does not say so.
const LINKS = { generator: 'alert rule', silence: 'silence it there' };

function values(map) {
  const parts = Object.entries(map ?? {});
  return parts.length ? parts.map(([name, value]) => `${name}=${value}`).join(' ') : '';
}

function deliveries(items) {
  return table(['Status', 'What', 'Planned'], items.map((d) => el('tr', {},
    el('td', {}, mark(d.status)),
    el('td', { class: 'wide' }, `${d.notification.content.type.replaceAll('-', ' ')} to ${d.notification.endpoint}`,
      el('div', { class: 'under' }, d.receipt ?? told(d.detail)),
      d.notification.content.eventType ? el('div', { class: 'under' }, d.notification.content.eventType) : ''),
    el('td', { class: 'when' }, when(d.notification.plannedAt)))), 'Nobody was told anything yet.');
}
