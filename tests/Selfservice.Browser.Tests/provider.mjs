#!/usr/bin/env node
// The certified oidc-provider on this machine, for tests and for a look: whoever comes says who they are, and nobody asks for proof.
//   node provider.mjs [PORT ...]          default: 5500; each port is a provider of its own, 0 is a free one
// Issuer http://127.0.0.1:PORT, client "selfservice", secret "selfservice-secret". Any callback on the loopback address is admitted, so never run it where others can reach it.
//   GET /id_token?email=&name=&nonce=     an ID token as an app's own library would have it: {"id_token": ".."}
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import Provider from 'oidc-provider';

const CLIENT = 'selfservice';

/** Claims of a person; the same address at the same provider is the same person. */
const personOf = ({ email = '', name, verified }) => ({
  sub: createHash('sha256').update(email).digest('hex').slice(0, 24), email, email_verified: verified !== undefined, ...(name && { name }),
});

const form = uid => `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Local provider</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.6 system-ui,sans-serif;max-width:22rem;margin:4rem auto;padding:0 1rem}label{display:block;margin:.75rem 0}input:not([type=checkbox]){display:block;width:100%;box-sizing:border-box;font:inherit;padding:.4rem}button{font:inherit;padding:.4rem 1rem}</style>
<h1>Who are you?</h1><form method="post" action="/interaction/${uid}">
<label>E-mail <input name="email" type="email" value="ada@example.org"></label><label>Name <input name="name" value="Ada Lovelace"></label>
<label><input name="verified" type="checkbox" checked> the address is verified</label>
<button name="answer" value="continue">Continue</button> <button name="answer" value="refuse">Refuse</button></form></html>`;

async function start(port) {
  const server = http.createServer();
  await new Promise((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  const issuer = `http://127.0.0.1:${server.address().port}`, people = new Map();
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 }), kid = randomUUID();
  const provider = new Provider(issuer, {
    clients: [{
      client_id: CLIENT, client_secret: 'selfservice-secret', application_type: 'native', redirect_uris: ['http://127.0.0.1/callback'],
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], token_endpoint_auth_method: 'client_secret_basic',
    }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomUUID()] },
    pkce: { required: () => true },
    conformIdTokenClaims: false, // the claims of the scopes are in the ID token, too
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_, sub) => ({ accountId: sub, claims: () => people.get(sub) ?? { sub } }),
    ttl: { AccessToken: 3600, AuthorizationCode: 60, Grant: 3600, IdToken: 3600, Interaction: 600, Session: 3600 },
  });
  // A host on any port and under any provider id comes back.
  provider.Client.prototype.redirectUriAllowed = uri => /^http:\/\/(127\.0\.0\.1|localhost):\d+\/self-service\/methods\/oidc\/callback(\/[\w-]+)?$/.test(uri);

  async function interact(request, response) {
    const details = await provider.interactionDetails(request, response);
    if (request.method !== 'POST')
      return response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' }).end(form(details.uid));
    let body = '';
    for await (const chunk of request) body += chunk;
    const answer = Object.fromEntries(new URLSearchParams(body));
    if (answer.answer === 'refuse')
      return provider.interactionFinished(request, response, { error: 'access_denied', error_description: 'The person refused.' });
    const person = personOf(answer);
    people.set(person.sub, person);
    const grant = new provider.Grant({ accountId: person.sub, clientId: details.params.client_id });
    grant.addOIDCScope(details.params.scope);
    return provider.interactionFinished(request, response, { login: { accountId: person.sub, remember: false }, consent: { grantId: await grant.save() } });
  }

  function idToken(url, response) {
    const query = Object.fromEntries(url.searchParams), now = Math.floor(Date.now() / 1000), part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
    const text = `${part({ alg: 'RS256', kid, typ: 'JWT' })}.${part({ ...personOf({ verified: 'on', ...query }), iss: issuer, aud: CLIENT, iat: now, exp: now + 600, ...(query.nonce && { nonce: query.nonce }) })}`;
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ id_token: `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}` }));
  }

  const handle = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url, issuer);
    if (url.pathname === '/id_token') return idToken(url, response);
    if (!url.pathname.startsWith('/interaction/')) return handle(request, response);
    return interact(request, response).catch(error => { console.error(error); response.writeHead(500).end(String(error)); });
  });
  console.log(`${issuer} is ready`);
}

const ports = process.argv.slice(2).map(Number);
for (const port of ports.length > 0 ? ports : [5500]) await start(port);
