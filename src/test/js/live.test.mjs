// What a page does with a live connection, by every transport and encoding of centrifuge-js.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { api, inSeconds, Link, newUser, token, unique } from './server.mjs';
import { Reader, ways } from './ways.mjs';

/** One story by one way: hands it what it needs, and closes what it opened. */
function story(by, name, tell) {
  test(`${by.name}: ${name}`, async () => {
    const link = await Link.open();
    const readers = [];
    const reader = (user, options = {}) => {
      const opened = new Reader(by, link.port, { token: token({ sub: user }), ...options });
      readers.push(opened);
      return opened;
    };
    try {
      await tell({ reader, link, user: newUser() });
    } finally {
      readers.forEach(({ client }) => client.disconnect());
      link.close();
    }
  });
}

/** Repeats what fails, for a while. */
async function eventually(attempt) {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt();
    } catch (e) {
      if (tries === 50) {
        throw e;
      }
      await setTimeout(100);
    }
  }
}

/** What became of the connection itself. */
const life = ({ lines }) => lines.filter((line) => /^(dis)?connect/.test(line));

const publish = (channel, data) => api('publish', { channel, data });

async function publishAll(channel, ...all) {
  for (const data of all) {
    await publish(channel, data);
  }
}

function connecting(by) {
  story(by, 'connects with a token', async ({ reader, user }) => {
    const { client, journal } = await reader(user).connect();
    assert.equal(client.state, 'connected');
    client.disconnect();
    await journal.sees('disconnected 0');
    assert.deepEqual(life(journal), ['connecting 0', 'connected', 'disconnected 0']);
  });

  story(by, 'is refused for good with a token that somebody else signed', async ({ reader, user }) => {
    const stranger = reader(user, { token: token({ sub: user }, 'another secret') });
    stranger.client.connect();
    await stranger.journal.sees('disconnected 3500');
  });

  story(by, 'fetches a token when the one it has is too old', async ({ reader, user }) => {
    let fetched = 0;
    const getToken = async () => {
      fetched++;
      return token({ sub: user });
    };
    const late = reader(user, { token: token({ sub: user, exp: inSeconds(-10) }), getToken });
    await late.connect();
    assert.equal(fetched, 1);
  });

  story(by, 'renews its token before it expires, and is never away', async ({ reader, user }) => {
    let renewed;
    const asked = new Promise((resolve) => {
      renewed = resolve;
    });
    const getToken = async () => {
      renewed();
      return token({ sub: user });
    };
    const { client, journal } = await reader(user, { token: token({ sub: user, exp: inSeconds(3) }), getToken }).connect();
    await asked;
    // The answer to a command that follows the renewal shows that the renewal was taken.
    await assert.rejects(client.rpc('nothing', {}), { code: 108 });
    assert.deepEqual(life(journal), ['connecting 0', 'connected']);
  });
}

function channels(by) {
  story(by, 'subscribes, publishes and hears itself', async ({ reader, user }) => {
    const one = await reader(user).connect();
    const sub = await one.subscribe(unique('room:'));
    await sub.publish(one.pack({ my: 'data' }));
    await sub.journal.sees(`{"my":"data"} by ${user}`);
    sub.unsubscribe();
    await sub.journal.sees('unsubscribed 0');
  });

  story(by, 'hears a hundred publications in order', async ({ reader, user }) => {
    const channel = unique('room:');
    const sub = await (await reader(user).connect()).subscribe(channel);
    const numbers = Array.from({ length: 100 }, (_, i) => i);
    await publishAll(channel, ...numbers);
    await sub.journal.sees('99');
    assert.deepEqual(sub.journal.lines.filter((line) => /^\d+$/.test(line)), numbers.map(String));
  });

  story(by, 'sees who is there, who comes and who goes', async ({ reader, user }) => {
    const channel = unique('room:');
    const one = await reader(user).connect();
    const sub = await one.subscribe(channel);
    const other = await reader('another').connect();
    await other.subscribe(channel);
    await sub.journal.sees('join another');
    const { clients } = await sub.presence();
    assert.deepEqual(Object.values(clients).map((info) => info.user).sort(), [user, 'another'].sort());
    const stats = await sub.presenceStats();
    assert.deepEqual([stats.numClients, stats.numUsers], [2, 2]);
    other.client.disconnect();
    await sub.journal.sees('leave another');
    assert.equal(Object.keys((await sub.presence()).clients).length, 1);
    sub.unsubscribe();
    // Emulated commands are requests of their own: this one may overtake the one before.
    await eventually(async () => {
      assert.deepEqual({ ...(await one.client.presenceStats(channel)) }, { numClients: 0, numUsers: 0 });
    });
    assert.deepEqual(Object.keys((await one.client.presence(channel)).clients), []);
  });

  story(by, 'reads history forwards, backwards and from a position', async ({ reader, user }) => {
    const channel = unique('room:');
    const one = await reader(user).connect();
    const sub = await one.subscribe(channel);
    await publishAll(channel, 'a', 'b', 'c');
    const all = await sub.history({ limit: 10 });
    assert.deepEqual(one.unpack(all.publications), ['a', 'b', 'c']);
    assert.equal(all.offset, 3);
    const newest = await sub.history({ limit: 2, reverse: true });
    assert.deepEqual(one.unpack(newest.publications), ['c', 'b']);
    const since = await sub.history({ limit: 10, since: { offset: 1, epoch: all.epoch } });
    assert.deepEqual(one.unpack(since.publications), ['b', 'c']);
    assert.deepEqual((await sub.history({ limit: 0 })).publications, []);
    await assert.rejects(sub.history({ limit: 1, since: { offset: 1, epoch: 'of another life' } }), { code: 112 });
  });

  story(by, 'is kept out of channels that are not open to it', async ({ reader, user }) => {
    const one = await reader(user).connect();
    const denied = one.subscription(unique('closed:'));
    await denied.journal.sees('unsubscribed 103');
    const unknown = one.subscription(unique('nowhere:'));
    await unknown.journal.sees('unsubscribed 102');
    const channel = unique('$closed:');
    const invited = await one.subscribe(channel, { token: token({ sub: user, channel }) });
    await publish(channel, 'welcome');
    await invited.journal.sees('"welcome"');
  });
}

function recovering(by) {
  story(by, 'recovers what it missed while its link was cut, once and in order', async ({ reader, link, user }) => {
    const channel = unique('room:');
    const one = await reader(user).connect();
    const sub = await one.subscribe(channel);
    await publish(channel, 1);
    await sub.journal.sees('1');
    link.cut();
    await publishAll(channel, 2, 3, 4);
    link.mend();
    await sub.journal.sees('4');
    await publish(channel, 5);
    await sub.journal.sees('5');
    const heard = sub.journal.lines.filter((line) => !/^(join|leave|error) /.test(line));
    assert.deepEqual(heard, ['subscribing 0', 'subscribed', '1', 'subscribing 1', 'subscribed, recovered', '2', '3', '4', '5']);
  });

  story(by, 'is told when too much was missed, and hears what comes then', async ({ reader, link, user }) => {
    const channel = unique('short:');
    const sub = await (await reader(user).connect()).subscribe(channel);
    await publish(channel, 1);
    await sub.journal.sees('1');
    link.cut();
    await publishAll(channel, 2, 3, 4, 5);
    link.mend();
    await sub.journal.sees('subscribed, not recovered');
    await publish(channel, 6);
    await sub.journal.sees('6');
    assert.deepEqual(sub.journal.lines.filter((line) => /^\d$/.test(line)), ['1', '6']);
  });

  story(by, 'loads its state anew when its position cannot be recovered', async ({ reader, link, user }) => {
    const channel = unique('short:');
    let loaded = 0;
    const getState = async () => {
      loaded++;
      return api('history', { channel, limit: 0 }).then(({ offset, epoch }) => ({ offset: offset ?? 0, epoch }));
    };
    const sub = await (await reader(user).connect()).subscribe(channel, { getState });
    link.cut();
    await publishAll(channel, 1, 2, 3, 4);
    link.mend();
    await sub.journal.sees('subscribed, recovered', 2);
    assert.equal(loaded, 2);
    await publish(channel, 5);
    await sub.journal.sees('5');
  });

  story(by, 'hears its personal channel without asking, and recovers it', async ({ reader, link, user }) => {
    const channel = `personal:#${user}`;
    const one = await reader(user).connect();
    await one.journal.sees(`subscribed ${channel}`);
    await publish(channel, 1);
    await one.journal.sees(`${channel}: 1`);
    link.cut();
    await publishAll(channel, 2, 3);
    link.mend();
    await one.journal.sees(`${channel}: 3`);
    assert.deepEqual(one.journal.lines.filter((line) => line.includes(channel)), [
      `subscribed ${channel}`,
      `${channel}: 1`,
      `subscribed ${channel}, recovered`,
      `${channel}: 2`,
      `${channel}: 3`,
    ]);
  });
}

function changes(by) {
  const long = (number) => ({ number, text: 'Съешь ещё этих мягких булок. '.repeat(20), end: [number] });
  const text = (number) => JSON.stringify(long(number));

  story(by, 'is told only what has changed, and what it missed', async ({ reader, link, user }) => {
    const channel = unique('delta:');
    const sub = await (await reader(user).connect()).subscribe(channel, { delta: 'fossil' });
    await publishAll(channel, long(1), long(2), long(3));
    await sub.journal.sees(text(3));
    const { numFullPayloads, numDeltaPayloads, bytesReceived, bytesDecoded } = sub.deltaStats();
    assert.deepEqual({ numFullPayloads, numDeltaPayloads }, { numFullPayloads: 1, numDeltaPayloads: 2 });
    assert.ok(bytesReceived < bytesDecoded / 2);
    link.cut();
    await publishAll(channel, long(4), long(5));
    link.mend();
    await sub.journal.sees(text(5));
    await publish(channel, long(6));
    await sub.journal.sees(text(6));
    assert.equal(sub.deltaStats().numDeltaPayloads, 3);
    assert.deepEqual(sub.journal.lines.filter((line) => line.startsWith('{')), [1, 2, 3, 4, 5, 6].map(text));
  });
}

function serverSide(by) {
  story(by, 'is unsubscribed by the server and stays connected', async ({ reader, user }) => {
    const channel = unique('room:');
    const one = await reader(user).connect();
    const sub = await one.subscribe(channel);
    await api('unsubscribe', { user, channel });
    await sub.journal.sees('unsubscribed 2000');
    assert.equal(one.client.state, 'connected');
  });

  story(by, 'is subscribed by the server', async ({ reader, user }) => {
    const channel = unique('room:');
    const one = await reader(user).connect();
    await api('subscribe', { user, channel });
    await one.journal.sees(`subscribed ${channel}`);
    await publish(channel, 'surprise');
    await one.journal.sees(`${channel}: "surprise"`);
    await api('unsubscribe', { user, channel });
    await one.journal.sees(`unsubscribed ${channel}`);
  });

  for (const [code, seen] of [[3000, 1], [3005, 3005], [4100, 4100]]) {
    story(by, `comes back after a disconnect with ${code}`, async ({ reader, user }) => {
      const { journal } = await reader(user).connect();
      await api('disconnect', { user, disconnect: { code, reason: 'come back' } });
      await journal.sees(`connecting ${seen}`);
      await journal.sees('connected', journal.lines.indexOf(`connecting ${seen}`));
    });
  }

  for (const code of [3503, 4500]) {
    story(by, `stays away after a disconnect with ${code}`, async ({ reader, user }) => {
      const { journal } = await reader(user).connect();
      await api('disconnect', { user, disconnect: { code, reason: 'stay away' } });
      await journal.sees(`disconnected ${code}`);
      assert.deepEqual(life(journal), ['connecting 0', 'connected', `disconnected ${code}`]);
    });
  }
}

describe('centrifuge-js', { concurrency: 16, timeout: 120_000 }, () => {
  for (const by of ways) {
    connecting(by);
    channels(by);
    recovering(by);
    changes(by);
    serverSide(by);
  }
});
