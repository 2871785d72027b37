import type { SettingsInput } from './settings.ts';

/**
 * The stages of this repository, and the pattern of an agency's own: every other stage is a development stage. An
 * agency hands in its settings as JSON instead (`DESK_SETTINGS=agency.json`); docs/deploy.md names each of them.
 */
export const STAGES: Readonly<Record<string, SettingsInput>> = {
  production: {
    kind: 'production',
    region: 'us-east-1',
    domain: {
      name: 'training-desk.example.gov',
      certificate: 'arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-4000-8000-000000000000',
    },
    uidHost: 'training-desk.example.gov',
    mail: {
      identity: 'ccht.example.org',
      from: 'training-desk@ccht.example.org',
      contact: 'training@hq.example.gov',
      replies: true,
    },
    signIn: { issuer: 'https://login.example.gov', clientId: 'training-desk' },
    alarmEmail: 'operations@example.gov',
    monthlyBudget: 200,
  },
  govcloud: {
    kind: 'govcloud',
    region: 'us-gov-west-1',
    domain: {
      name: 'training-desk.example.gov',
      certificate: 'arn:aws-us-gov:acm:us-gov-west-1:111122223333:certificate/00000000-0000-4000-8000-000000000000',
    },
    uidHost: 'training-desk.example.gov',
    mail: {
      identity: 'ccht.example.org',
      from: 'training-desk@ccht.example.org',
      contact: 'training-desk@ccht.example.org',
    },
    signIn: { issuer: 'https://login.example.gov', clientId: 'training-desk' },
    alarmEmail: 'operations@example.gov',
  },
};

/** Every stage that has no settings of its own. */
export const DEVELOPMENT: SettingsInput = {
  kind: 'development',
  region: 'us-east-1',
  uidHost: 'training-desk.example.gov',
  mail: {
    identity: 'ccht.example.org',
    from: 'training-desk@ccht.example.org',
    contact: 'training-desk@ccht.example.org',
  },
  signIn: { issuer: 'https://login.example.gov', clientId: 'training-desk' },
};
