import ICAL from 'ical.js';
import { instant, type Instant } from '../domain/time.ts';

/** What the calendar part of a message asks of the reader's calendar. */
export interface Invitation {
  readonly uid: string;
  /** REQUEST, CANCEL and so on. */
  readonly method: string;
  readonly sequence: number;
  readonly summary: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly location: string;
  readonly organizer: string;
  /** Minutes before the start; null without a reminder. */
  readonly reminderMinutes: number | null;
}

/** Reads a calendar part as a mail client would; null when it holds nothing a client could show. */
export function readInvitation(calendar: string): Invitation | null {
  try {
    const root = ICAL.Component.fromString(calendar);
    const component = root.getFirstSubcomponent('vevent');
    if (!component) return null;
    const event = new ICAL.Event(component);
    return {
      uid: event.uid,
      method: textOf(root, 'method') || 'PUBLISH',
      sequence: event.sequence ?? 0,
      summary: event.summary ?? '',
      startsAt: instant(event.startDate.toJSDate().getTime()),
      endsAt: instant(event.endDate.toJSDate().getTime()),
      location: event.location ?? '',
      organizer: organizerOf(component),
      reminderMinutes: reminderOf(component),
    };
  } catch {
    return null;
  }
}

function textOf(component: ICAL.Component, property: string): string {
  const value = component.getFirstPropertyValue(property);
  return typeof value === 'string' ? value : '';
}

function organizerOf(event: ICAL.Component): string {
  const name = event.getFirstProperty('organizer')?.getFirstParameter('cn');
  return name || textOf(event, 'organizer').replace(/^mailto:/i, '');
}

function reminderOf(event: ICAL.Component): number | null {
  const trigger = event.getFirstSubcomponent('valarm')?.getFirstPropertyValue('trigger');
  return trigger instanceof ICAL.Duration ? -trigger.toSeconds() / 60 : null;
}
