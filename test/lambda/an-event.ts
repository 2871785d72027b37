import { expect } from 'vitest';
import type { DeskOnAws } from './desk.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().replace(/\.\d+/, '');

/** A public webinar in three weeks, published; its id. */
export async function anEvent(desk: DeskOnAws, staff: string, more: Record<string, unknown> = {}): Promise<string> {
  const programs = (await desk.ask('GET', '/api/programs')).json['items'] as { id: string; key: string }[];
  const made = await desk.ask('POST', '/api/events', {
    token: staff,
    json: {
      programId: programs.find(({ key }) => key === 'cp-webinar-public')?.id,
      title: 'Continued Presence',
      description: 'What it gives a person.',
      timeZone: 'America/New_York',
      sessions: [
        {
          title: 'Session',
          startsAt: inDays(20),
          endsAt: inDays(20.05),
          joinUrl: 'https://meet.example.gov/1',
          location: 'Online',
        },
      ],
      capacity: 100,
      approval: 'automatic',
      opensAt: inDays(-1),
      closesAt: inDays(19),
      trainers: ['trainer@ccht.example.org'],
      ...more,
    },
  });
  expect(made.status, made.text).toBe(201);
  const id = String(made.json['id']);
  const published = await desk.ask('POST', `/api/events/${id}/publish`, { token: staff });
  expect(published.status, published.text).toBe(200);
  return id;
}
