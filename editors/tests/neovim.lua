-- usage: nvim --headless --clean -u NONE -l neovim.lua PLUGIN WORKSPACE EXPECTED
-- The real plugin in a real Neovim with the real server, on the worked example.
local plugin, workspace, expected = unpack(_G.arg)
vim.opt.runtimepath:prepend(plugin)
vim.g.loaded_python3_provider = 0
vim.cmd('filetype plugin on')
vim.cmd.runtime({ 'plugin/redfirst.lua' })
vim.lsp.log.set_level('warn')

local coverage = require('redfirst.coverage')
local told, events, done = {}, {}, {}
local failed = 0
vim.notify = function(message) table.insert(told, message) end
vim.api.nvim_create_autocmd('User', { pattern = 'Redfirst*', callback = function(event)
  table.insert(events, { event.match, event.data })
end })

local function wait(condition) return vim.wait(60000, condition, 20) end

local function stage(name, check)
  local ran, outcome = pcall(check)
  local held = ran and outcome
  done[name] = true
  failed = failed + (held and 0 or 1)
  io.stdout:write(('%s - %s\n'):format(held and 'ok' or 'NOT OK', name))
  if not held then
    io.stdout:write(('  %s\n  told: %s\n'):format(tostring(outcome), vim.inspect(told)))
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      io.stdout:write(('  line %d: %s\n'):format(diagnostic.lnum + 1, diagnostic.message))
    end
  end
end

local function open(path)
  vim.cmd.edit(workspace .. '/' .. path)
  return vim.api.nvim_get_current_buf()
end

local function clients(buffer) return vim.lsp.get_clients({ name = 'redfirst', bufnr = buffer }) end

local function has(code)
  return vim.iter(vim.diagnostic.get(0)):any(function(diagnostic) return diagnostic.code == code end)
end

local function line_with(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then return number end
  end
end

local function command(verb)
  local seen = #events
  vim.cmd('Redfirst ' .. verb)
  wait(function() return #events > seen and vim.iter(events):skip(seen):any(function(event) return event[1] == 'RedfirstResult' end) end)
  return vim.iter(events):rfind(function(event) return event[1] == 'RedfirstResult' end)[2].result
end

local function signs(buffer)
  local marks = vim.api.nvim_buf_get_extmarks(buffer, coverage.ns, 0, -1, { details = true })
  return vim.iter(marks):fold({}, function(found, mark)
    found[mark[2] + 1] = vim.trim(mark[4].sign_text)
    return found
  end)
end

local function hints()
  local labels = vim.iter(vim.lsp.inlay_hint.get({ bufnr = 0 })):map(function(hint)
    local label = hint.inlay_hint.label
    return type(label) == 'string' and label or label[1].value
  end)
  return labels:join(' | ')
end

-- The server says its process only to the operating system, which knows it as our child.
local function server_of()
  local children = vim.api.nvim_get_proc_children(vim.fn.getpid())
  assert(#children == 1, vim.inspect(children))
  return tostring(children[1])
end

vim.lsp.enable('redfirst')
local spec, code

stage('files that are not ours are left alone', function()
  local other = open('notes.yml')
  code = open('payments/retry.py')
  spec = open('specs/retry.yml')
  return wait(function() return #clients(spec) == 1 and #clients(code) == 1 end) and #clients(other) == 0
    and clients(spec)[1].root_dir == workspace
end)

stage('a broken line is underlined', function()
  return wait(function() return has('RF102') end) and vim.diagnostic.get(spec)[1].lnum + 1 == line_with('edge_case:')
end)

stage('a quick fix mends it', function()
  vim.api.nvim_win_set_cursor(0, { line_with('edge_case:'), 2 })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find('Write `edge_cases`', 1, true) end })
  local mended = wait(function() return line_with('edge_cases:') and not has('RF102') end)
  vim.cmd('silent write')
  return mended
end)

stage('generate writes the tests', function()
  local result = command('generate')
  vim.cmd('silent wall')
  return result.ok and vim.uv.fs_stat(workspace .. '/tests/test_plan_retry.py') ~= nil and #told == 1
end)

stage('verdicts stand at the cases', function()
  vim.lsp.inlay_hint.enable(true, { bufnr = spec })
  command('verify')
  return wait(function()
    vim.cmd.redraw()
    return hints():find('EC-backoff ✓ red', 1, true)
  end) or error(hints())
end)

stage('run marks lines that no test reaches', function()
  local result = command('run')
  vim.cmd.buffer(code)
  local gap = line_with('raise ValueError("attempt')
  return result.ok ~= nil and wait(function() return signs(code)[gap] == '!' end) and signs(code)[gap - 1] == '~' or error(vim.inspect(signs(code)))
end)

stage('a gap is listed', function()
  vim.cmd('Redfirst gaps')
  local listed = vim.fn.getqflist()
  vim.cmd.cclose()
  vim.cmd.buffer(code)
  local at_gap = vim.iter(listed):any(function(item) return item.lnum == line_with('raise ValueError("attempt') end)
  return at_gap and #listed > 0 or error(vim.inspect(listed))
end)

stage('marks are stale after a change', function()
  vim.api.nvim_buf_set_lines(code, 0, 1, false, { '"""Another text."""' })
  local stale = wait(function() return vim.iter(vim.tbl_values(signs(code))):any(function(sign) return sign:find('?', 1, true) end) end)
  vim.cmd('silent undo')
  return stale and wait(function() return signs(code)[line_with('raise ValueError("attempt')] == '!' end) or error(vim.inspect(signs(code)))
end)

stage('a new case closes the gap', function()
  vim.cmd.buffer(spec)
  vim.api.nvim_buf_set_lines(spec, line_with('errors:'), line_with('errors:'), false, {
    '  - case: attempt below one -> raise ValueError("attempt counts from 1")',
    '    examples:',
    '      - call: plan_retry([], 0, RetryPolicy(3, 200, 1000))',
    '        raises: ValueError("attempt counts from 1")',
    '',
  })
  vim.cmd('silent write')
  command('generate')
  vim.cmd('silent wall')
  local result = command('run')
  vim.cmd.buffer(code)
  local gap = line_with('raise ValueError("attempt')
  return result.ok and wait(function() return signs(code)[gap] == '│' end) or error(vim.inspect({ result, signs(code) }))
end)

stage('a restart leaves one server', function()
  local before = clients(code)[1].id
  for _ = 1, 3 do vim.cmd('Redfirst restart') end
  return wait(function() return #clients(code) == 1 and clients(code)[1].id ~= before end)
    and #vim.lsp.get_clients() == 1
end)

stage('checkhealth', function()
  vim.cmd('silent checkhealth redfirst')
  local health = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd.bwipeout()
  return health:find('at work in', 1, true) and not health:find('ERROR', 1, true) or error(health)
end)

stage('a server that dies leaves no mark', function()
  vim.cmd.buffer(spec)
  command('run')
  wait(function() return next(signs(code)) end)
  told = {}
  vim.system({ 'kill', '-KILL', server_of() }):wait()
  return wait(function() return #told > 0 end) and wait(function() return not next(signs(code)) end) and #told == 1
end)

stage('a server that is missing is said once', function()
  told = {}
  vim.g.redfirst_server = '/nowhere/redfirst'
  for _ = 1, 3 do vim.cmd('Redfirst restart') end
  return #told == 1 and told[1]:find('Install redfirst', 1, true) and #clients() == 0
end)

for _, name in ipairs(vim.json.decode(table.concat(vim.fn.readfile(expected), '\n'))) do
  if not done[name] then
    failed = failed + 1
    io.stdout:write('NOT OK - not tried: ' .. name .. '\n')
  end
end
vim.iter(vim.lsp.get_clients()):each(function(client) client:stop(true) end)
io.stdout:write(('Neovim: %d passed, %d failed\n'):format(vim.tbl_count(done) - failed, failed))
os.exit(failed == 0 and 0 or 1)
