"""Reading a spec again after a keystroke: only the block that has changed is read.

A block is an item of `edge_cases`, `errors` or `examples`, or a whole entry of another key. What
YAML makes of a block depends on nothing outside of it, as long as it is read without a fault and
begins where YAML stands between two items or two entries. So what was read of a block is kept by
its text, with places counted from its beginning, and put where the block stands now.

The invariant: `read_in_blocks(text)` equals `read_spec(text)` for every text. Whatever is not
plainly made of blocks is read by `read_spec`.
"""
