import * as z from 'zod';
import { Email } from '../../domain/person.ts';
import { isoOf } from '../../domain/time.ts';
import { CODE_LIVES, finishSignIn, signOut, startSignIn } from '../../usecases/sign-in.ts';
import { sendRefusal } from '../problem.ts';
import { CHALLENGE, dropSession, keepCookie, keepSession, readCookie } from '../session.ts';
import { answers, createRoute, jsonBody, newApi } from './route.ts';
import { Moment } from './shapes.ts';

/** Sign-in by one-time code. Staff and trainers sign in with their DHS account, by page. */
export const signInApi = newApi()
  .openapi(
    createRoute({
      method: 'post',
      path: '/sign-in',
      summary: 'Mail a one-time code',
      request: { body: jsonBody(() => z.strictObject({ email: Email })) },
      responses: answers(
        { 202: { schema: z.object({ challenge: z.string() }), description: 'Whatever the address' } },
        422,
      ),
    }),
    async (c) => {
      const { email } = c.req.valid('json');
      const started = await startSignIn(c.var.desk, { email, network: c.var.network });
      if (!started.ok) return sendRefusal(c, started.refusal);
      keepCookie(c, CHALLENGE, started.value.challenge, CODE_LIVES / 1000);
      return c.json(started.value, 202);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/sign-in/verify',
      summary: 'Exchange a code for a session',
      request: {
        body: jsonBody(() =>
          z.strictObject({ email: Email, code: z.string().max(40), challenge: z.string().max(100).optional() }),
        ),
      },
      responses: answers(
        {
          200: {
            schema: z.object({ token: z.string(), expiresAt: Moment }),
            description: 'A session for the browser or client that holds the challenge',
          },
        },
        401,
        422,
      ),
    }),
    async (c) => {
      const { email, code, challenge } = c.req.valid('json');
      const held = challenge ?? readCookie(c, CHALLENGE) ?? '';
      const signed = await finishSignIn(c.var.desk, { email, code, challenge: held, network: c.var.network });
      if (!signed.ok) return sendRefusal(c, signed.refusal);
      keepSession(c, signed.value);
      return c.json({ token: signed.value.token, expiresAt: isoOf(signed.value.expiresAt) }, 200);
    },
  )
  .openapi(
    createRoute({
      method: 'post',
      path: '/sign-out',
      summary: 'End this session',
      responses: answers({ 204: { description: 'Signed out' } }),
    }),
    async (c) => {
      if (c.var.token) await signOut(c.var.desk, { token: c.var.token });
      dropSession(c);
      return c.body(null, 204);
    },
  );
