// What FranceConnect does to an identity provider, done by a certified client library: a sign-in, who it was, the end of the session.
// Settings come by the environment; what was seen goes to the standard output, as JSON.
import * as client from 'openid-client'

const { ISSUER, CLIENT_ID, CLIENT_SECRET, REDIRECT_URI, AFTER_LOGOUT, IDENTIFIER, PASSWORD, USERINFO_ALG } = process.env

const metadata = USERINFO_ALG ? { userinfo_signed_response_alg: USERINFO_ALG, id_token_signed_response_alg: 'ES256' } : { id_token_signed_response_alg: 'ES256' }
const config = await client.discovery(new URL(ISSUER), CLIENT_ID, metadata, client.ClientSecretPost(CLIENT_SECRET), { execute: [client.allowInsecureRequests] })
client.enableNonRepudiationChecks(config) // signatures are checked even where TLS would do

const first = await signIn()
const wrongState = await client.authorizationCodeGrant(config, first.callback, { expectedState: client.randomState(), expectedNonce: first.nonce }).then(() => 'accepted', error => error.code)
const second = await signIn()
const wrongNonce = await client.authorizationCodeGrant(config, second.callback, { expectedState: second.state, expectedNonce: client.randomNonce() }).then(() => 'accepted', error => error.code)

const third = await signIn()
const tokens = await client.authorizationCodeGrant(config, third.callback, { expectedState: third.state, expectedNonce: third.nonce, idTokenExpected: true })
const claims = tokens.claims()
const userInfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub)

const state = client.randomState()
const end = await fetch(client.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: AFTER_LOGOUT, state }), { redirect: 'manual' })
const back = new URL(end.headers.get('location'))

console.log(JSON.stringify({ wrongState, wrongNonce, acr: claims.acr, amr: claims.amr, userInfo, loggedOutTo: back.origin + back.pathname, stateKept: back.searchParams.get('state') === state }))

async function signIn() {
  const [state, nonce] = [client.randomState(), client.randomNonce()]
  const request = client.buildAuthorizationUrl(config, { redirect_uri: REDIRECT_URI, scope: 'openid profile email birth', acr_values: 'eidas1', prompt: 'login', state, nonce })
  return { callback: await visit(request), state, nonce }
}

// A browser without JavaScript: cookies, redirects, one form, and the page that goes on by itself.
async function visit(address) {
  const cookies = new Map()
  let body
  for (let steps = 0; steps < 10; steps++) {
    const response = await fetch(address, {
      redirect: 'manual',
      method: body ? 'POST' : 'GET',
      body,
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    body = undefined
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)
      cookies.set(name, value)
    }
    if (response.headers.has('location')) {
      address = new URL(response.headers.get('location'), address)
      if (address.href.startsWith(REDIRECT_URI)) return address
      continue
    }
    const next = /^0; url=(.+)$/.exec(response.headers.get('refresh'))
    if (next) {
      address = new URL(next[1], address)
      continue
    }
    const token = /name="__RequestVerificationToken"[^>]*value="([^"]+)"/.exec(await response.text())
    if (!token) break
    body = new URLSearchParams({ __RequestVerificationToken: token[1], Identifier: IDENTIFIER, Password: PASSWORD })
  }
  throw new Error(`The sign-in does not end at ${REDIRECT_URI}, but at ${address.pathname}.`)
}
