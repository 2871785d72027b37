import * as z from 'zod';
import { composeLocal, type LocalSettings, type LocalSystem } from '../compose/local.ts';
import { clientSecretFrom, openDataFolder, type DataFolder } from './data-folder.ts';
import { startEngine, waitUntilGone, type Engine } from './engine.ts';
import { startIdentityProvider } from './identity-provider.tsx';
import { closeServer, serveHere } from './listening.ts';
import { startMailbox } from './mailbox.ts';
import type { StartOptions } from './options.ts';
import { HOST, portsFrom, refuseTaken, type Ports } from './ports.ts';
import { kindOf, startPump } from './pump.ts';
import { Refused } from './refused.ts';

const CLIENT_ID = 'training-desk';

/** The whole product, running. */
export interface Running {
  readonly settings: LocalSettings;
  /** Resolves when a part without which nothing works has ended, with a sentence about it. */
  readonly lost: Promise<string>;
  stop(): Promise<void>;
}

/** Starts everything, in the order in which one part needs the other, and resolves when the site answers. */
export async function startEverything(options: StartOptions, say: (line: string) => void): Promise<Running> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (let next = stops.pop(); next; next = stops.pop()) await next();
  };
  try {
    return await startInOrder(options, say, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startInOrder(
  options: StartOptions,
  say: (line: string) => void,
  stops: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Running> {
  const ports = portsFrom(options.port);
  const folder = await openDataFolder(options.data, options);
  stops.push(() => folder.close());
  await refuseTaken(ports);
  const engine = await engineOf(folder, ports, say);
  stops.push(() => engine.stop());
  const settings = settingsOf(folder, ports, engine);
  const mailbox = await startMailbox({
    smtpPort: ports.smtp,
    webPort: ports.mailbox,
    folder: folder.mailPath,
    site: settings.origin,
  });
  stops.push(() => mailbox.stop());
  const identity = await startIdentityProvider({
    port: ports.identity,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    origins: [settings.origin, `http://${HOST}:${ports.app}`],
  });
  stops.push(() => identity.stop());
  const system = await composeLocal(settings);
  await system.seed(options.seed);
  await open(system, ports.app, stops, say);
  await folder.announce({ ...withoutSecret(settings), pid: process.pid, ...groupOf(engine) });
  return {
    settings,
    lost: engine.lost.then((last) => `The database engine ended unexpectedly${last ? ` (${last})` : ''}.`),
    stop,
  };
}

/** The engine of a run that was killed may live a moment longer; two on one file would harm it. */
async function engineOf(folder: DataFolder, ports: Ports, say: (line: string) => void): Promise<Engine> {
  if (folder.earlier?.engineGroup !== undefined) await waitUntilGone(folder.earlier.engineGroup);
  return startEngine({ port: ports.engine, dbPath: folder.databasePath, say });
}

const groupOf = (engine: Engine): { engineGroup?: number } =>
  engine.processGroup === undefined ? {} : { engineGroup: engine.processGroup };

function settingsOf(folder: DataFolder, ports: Ports, engine: Engine): LocalSettings {
  return {
    endpoint: engine.endpoint,
    origin: `http://localhost:${ports.app}`,
    port: ports.app,
    smtpPort: ports.smtp,
    mailboxUrl: `http://localhost:${ports.mailbox}`,
    issuer: `http://${HOST}:${ports.identity}`,
    clientId: CLIENT_ID,
    clientSecret: clientSecretFrom(folder.secret),
    secret: folder.secret,
  };
}

function withoutSecret({ secret: _secret, clientSecret: _clientSecret, ...rest }: LocalSettings) {
  return rest;
}

async function open(
  system: LocalSystem,
  port: number,
  stops: (() => Promise<void>)[],
  say: (line: string) => void,
): Promise<void> {
  const pump = startPump({
    deliver: () => system.deliver(),
    sweep: () => system.sweep(),
    failed: (what, error) => say(`${what} failed (${kindOf(error)}) and is tried again`),
  });
  stops.push(() => pump.stop());
  system.onCommit(() => pump.nudge());
  const site = await serveHere((request) => system.fetch(request), port);
  stops.push(() => closeServer(site));
  const health = await fetch(`http://${HOST}:${port}/api/health`);
  if (!health.ok)
    throw new Refused(
      `The site does not answer as it should: /api/health says ${health.status}. ${await whyOf(health)}`,
    );
}

const Problem = z.object({ detail: z.string() });

async function whyOf(answer: Response): Promise<string> {
  const problem = Problem.safeParse(await answer.json().catch(() => null));
  return problem.success ? `${problem.data.detail}.` : '';
}
