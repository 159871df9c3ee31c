-- The gaps of all modules under spec as a quickfix list: the server knows those that are not open, too.
local function show(notes)
  local items = {}
  for uri, note in vim.spairs(notes) do
    for _, gap in ipairs(note.gaps) do
      local text = gap.text .. (note.stale and ' (the text has changed since)' or '')
      table.insert(items, { filename = vim.uri_to_fname(uri), lnum = gap.range.start.line + 1, text = text })
    end
  end
  vim.fn.setqflist({}, ' ', { title = 'redfirst: gaps', items = items })
  vim.cmd(#items > 0 and 'botright copen' or 'cclose')
  if #items == 0 then
    vim.notify(next(notes) and 'redfirst: no gaps.' or 'redfirst: nothing was run yet. `:Redfirst run` in a spec runs its tests.')
  end
end

local function list()
  local notes, open = {}, 0
  local function ask(client, method, params, use)
    open = open + 1
    client:request(method, params, function(_, answer)
      use(answer)
      open = open - 1
      if open == 0 then show(notes) end
    end)
  end
  for _, client in ipairs(vim.lsp.get_clients({ name = 'redfirst' })) do
    ask(client, 'redfirst/cases', {}, function(specs)
      local modules = vim.iter(specs or {}):fold({}, function(found, spec)
        found[spec.codeUri or false] = spec.codeUri
        return found
      end)
      for uri in pairs(modules) do
        ask(client, 'redfirst/coverage', { uri = uri }, function(note) notes[uri] = note end)
      end
    end)
  end
  if open == 0 then
    vim.notify('redfirst: not at work. `:checkhealth redfirst` says more.', vim.log.levels.WARN)
  end
end

return { list = list }
