// An OpenID provider that is not ours in the place of FranceConnect: the same scopes, levels and kinds of token. Nobody types anything at it: who somebody
// is stands in a cookie "account" (a JSON object of claims, base64url), which the test gives its browser; "refuse" instead says no.
//   node broker.js PORT CLIENT_ID CLIENT_SECRET RETURN_ADDRESS SIGNED_OUT_ADDRESS
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { Provider, errors } from 'oidc-provider';

const [port, clientId, clientSecret, returnAddress, signedOutAddress] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}/api/v2`;
const key = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig', alg: 'ES256' };
const people = new Map();
const pivot = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'];

const provider = new Provider(issuer, {
  jwks: { keys: [key] },
  clients: [{
    client_id: clientId,
    client_secret: clientSecret,
    token_endpoint_auth_method: 'client_secret_post',
    response_types: ['code'],
    grant_types: ['authorization_code'],
    redirect_uris: [returnAddress],
    post_logout_redirect_uris: [signedOutAddress],
    id_token_signed_response_alg: 'ES256',
    userinfo_signed_response_alg: 'ES256',
  }],
  scopes: ['openid', 'identite_pivot', 'email', 'preferred_username'],
  claims: { openid: ['sub'], identite_pivot: pivot, email: ['email'], preferred_username: ['preferred_username'], acr: null },
  acrValues: ['eidas1'],
  clientAuthMethods: ['client_secret_post'],
  enabledJWA: { idTokenSigningAlgValues: ['ES256'], userinfoSigningAlgValues: ['ES256'] },
  pkce: { required: () => false },
  ttl: { AuthorizationCode: 30, AccessToken: 60, IdToken: 60, Session: 1800, Interaction: 1800, Grant: 1800 },
  cookies: { keys: ['a key for tests'] },
  features: {
    devInteractions: { enabled: false },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: (ctx, form) => { ctx.body = `<!DOCTYPE html><title>FranceConnect</title><main>${form}</main>`; },
    },
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ ...people.get(sub), sub }) }),
  loadExistingGrant: async (ctx) => {
    const grant = new provider.Grant({ clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope('openid identite_pivot email preferred_username');
    await grant.save();
    return grant;
  },
});
// What FranceConnect refuses and this provider would not miss.
provider.use(async (ctx, next) => {
  if (ctx.path === '/auth' && [ctx.query.state, ctx.query.nonce].some((value) => (value ?? '').length < 32)) throw new errors.InvalidRequest('state and nonce take 32 characters');
  if (ctx.path === '/auth' && !ctx.query.acr_values) throw new errors.InvalidRequest('acr_values is missing');
  await next();
});

const serve = provider.callback();
createServer(async (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    const account = /(?:^|; )account=([^;]*)/.exec(request.headers.cookie ?? '')?.[1];
    if (!account || account === 'refuse') {
      await provider.interactionFinished(request, response, { error: 'access_denied' });
      return;
    }
    const claims = JSON.parse(Buffer.from(account, 'base64url'));
    people.set(claims.sub, claims);
    await provider.interactionFinished(request, response, { login: { accountId: claims.sub, acr: 'eidas1', amr: ['pwd'] } });
    return;
  }
  request.originalUrl = request.url;
  request.url = request.url.replace(/^\/api\/v2(?=\/)/, '');
  serve(request, response);
}).listen(Number(port), '127.0.0.1', () => console.log('ready'));
