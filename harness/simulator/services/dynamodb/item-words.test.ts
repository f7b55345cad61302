/** Items and tables as readers see them. */

import { describe, expect, it } from 'vitest';
import { changedAttributes, sayAttributes } from '../../contract/items.ts';
import { itemInWords } from './item-words.ts';
import { shortTable } from './table-name.ts';

describe('an item in words', () => {
  it('shows numbers as they are, texts in quotes, and the rest by its size', () => {
    const item = itemInWords({
      n: { N: '1.50' },
      done: { NULL: true },
      tags: { L: [{ S: 'a' }, { S: 'b' }] },
      lines: { L: [{ S: 'a' }] },
      card: { M: {} },
    });
    const said = (name: string) => sayAttributes(item, [name]);
    expect(['n', 'done', 'tags', 'lines', 'card'].map(said)).toEqual([
      'n = 1.50',
      'done = null',
      'tags = [2 entries]',
      'lines = [1 entry]',
      'card = {…}',
    ]);
  });

  it('cuts a long text', () => {
    const text = sayAttributes(itemInWords({ note: { S: 'x'.repeat(100) } }), []);
    expect(text).toHaveLength('note = '.length + 40);
    expect(text.at(-1)).toBe('…');
  });

  it('shows its key if it has nothing else', () => {
    expect(sayAttributes(itemInWords({ orderId: { S: 'o-17' } }), [])).toBe('orderId = "o-17"');
  });

  it('shows two attributes and how many more there are', () => {
    expect(sayAttributes(itemInWords({ a: { N: '1' }, b: { N: '2' }, c: { N: '3' } }), [])).toBe(
      'a = 1, b = 2 and 1 more',
    );
  });

  it('has changed if the stored values differ, even if their words are the same', () => {
    const [before, after] = [
      itemInWords({ id: { S: '1' }, card: { M: {} } }),
      itemInWords({ id: { S: '1' }, card: { M: { n: { N: '1' } } } }),
    ];
    expect(changedAttributes(before, after, itemInWords({ id: { S: '1' } }))).toEqual(['card']);
  });
});

it('a table has the name that the template gives it', () => {
  expect(shortTable('lost-update-Counters-1A2B3C4D5E6F')).toBe('Counters');
  expect(shortTable('my-own-name')).toBe('my-own-name');
});
