-- usage: nvim --headless --clean -u NONE -l neovim.lua PLUGIN FOLDER EXPECTED SERVER
-- The real plugin in a real Neovim with the real server, on the worked example. FOLDER holds `project`, the same as
-- `keyless` with a model for an author and as `aged` with an old interpreter, `retry.py`, which is to be written,
-- `old-redfirst`, a server of an old version, and `aged-redfirst`, one on an old interpreter.
local plugin, folder, expected, server = unpack(_G.arg)
local workspace = folder .. '/project'
local patience = tonumber(vim.env.REDFIRST_PATIENCE) or 180000
vim.opt.runtimepath:prepend(plugin)
vim.g.loaded_python3_provider = 0
vim.g.redfirst_server = server
vim.cmd('filetype plugin on')
vim.cmd.runtime({ 'plugin/redfirst.lua' })
vim.lsp.log.set_level('warn')

local coverage = require('redfirst.coverage')
local told, asked, events, sent, done = {}, {}, {}, {}, {}
local answer
vim.notify = function(message) table.insert(told, message) end
vim.lsp.handlers['window/showMessage'] = function(_, params) table.insert(told, params.message) end
vim.fn.confirm = function(message)
  table.insert(asked, message)
  return answer
end
vim.fn.inputsecret = function() return 'a key' end
vim.api.nvim_create_autocmd('User', { pattern = 'Redfirst*', callback = function(event)
  table.insert(events, { event.match, event.data })
end })
vim.api.nvim_create_autocmd('LspNotify', { callback = function(event) sent[event.data.method] = event.data.params end })

local function wait(condition) return vim.wait(patience, condition, 20) end

local function leave(passed, failed)
  vim.iter(vim.lsp.get_clients()):each(function(client) client:stop(true) end)
  io.stdout:write(('Neovim: %d passed, %d failed\n'):format(passed, failed))
  os.exit(failed == 0 and 0 or 1)
end

-- What comes later stands on what came before: the first failure ends it.
local function stage(name, check)
  told = {}
  local begin = vim.uv.hrtime()
  local ran, outcome = pcall(check)
  local held = ran and outcome
  io.stdout:write(('%s - %s (%.1f s)\n'):format(held and 'ok' or 'NOT OK', name, (vim.uv.hrtime() - begin) / 1e9))
  if held then
    done[name] = true
    return
  end
  io.stdout:write(('  %s\n  told: %s\n'):format(tostring(outcome), vim.inspect(told)))
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    io.stdout:write(('  line %d: %s\n'):format(diagnostic.lnum + 1, diagnostic.message))
  end
  leave(vim.tbl_count(done), 1)
end

local function open(path)
  vim.cmd.edit(path)
  return vim.api.nvim_get_current_buf()
end

local function clients(buffer) return vim.lsp.get_clients({ name = 'redfirst', bufnr = buffer }) end

local function has(code)
  return vim.iter(vim.diagnostic.get(0)):any(function(diagnostic) return diagnostic.code == code end)
end

local function findings(buffer)
  local all = vim.iter(vim.diagnostic.get(buffer)):map(function(each) return ('%d %s %s'):format(each.lnum, each.code, each.message) end):totable()
  table.sort(all)
  return table.concat(all, '\n')
end

local function line_with(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    if line:find(text, 1, true) then return number end
  end
end

local function write(path, lines)
  vim.cmd.buffer(vim.fn.bufadd(path))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  vim.cmd('silent write')
end

local function results()
  return vim.iter(events):filter(function(event) return event[1] == 'RedfirstResult' end):totable()
end

local function command(verb)
  local seen = #results()
  vim.cmd('Redfirst ' .. verb)
  assert(wait(function() return #results() > seen end), verb .. ' has no result')
  return results()[seen + 1][2].result
end

local function signs(buffer)
  local marks = vim.api.nvim_buf_get_extmarks(buffer, coverage.ns, 0, -1, { details = true })
  return vim.iter(marks):fold({}, function(found, mark)
    found[mark[2] + 1] = vim.trim(mark[4].sign_text)
    return found
  end)
end

local function hints(buffer)
  vim.cmd.redraw()
  local labels = vim.iter(vim.lsp.inlay_hint.get({ bufnr = buffer })):map(function(hint)
    local label = hint.inlay_hint.label
    return type(label) == 'string' and label or label[1].value
  end)
  return labels:join(' | ')
end

-- What says that all is well, wherever it is shown.
local function looks_green(...)
  return vim.iter({ ... }):any(function(buffer)
    return hints(buffer):find('✓', 1, true) or vim.tbl_contains(vim.tbl_values(signs(buffer)), '│')
  end)
end

local function told_once(text) return #told == 1 and told[1]:find(text, 1, true) end

-- The server says its process only to the operating system, which knows it as our child.
local function processes() return vim.api.nvim_get_proc_children(vim.fn.getpid()) end

local function with_descendants(process)
  local all = { process }
  for _, child in ipairs(vim.api.nvim_get_proc_children(process)) do vim.list_extend(all, with_descendants(child)) end
  return all
end

local function is_gone(process)
  local readable, lines = pcall(vim.fn.readfile, ('/proc/%d/stat'):format(process))
  return not readable or not lines[1] or lines[1]:find(') Z', 1, true)
end

local function kill_server()
  local before = with_descendants(processes()[1])
  vim.uv.kill(before[1], 'sigkill')
  return before
end

vim.lsp.enable('redfirst')
local spec, code, tests
local path = { spec = workspace .. '/specs/retry.yml', code = workspace .. '/payments/retry.py', tests = workspace .. '/tests/test_plan_retry.py' }
local RAISE = 'raise ValueError("attempt'

stage('files that are not ours are left alone', function()
  local others = { open(workspace .. '/notes.yml'), open(workspace .. '/payments/__init__.py') }
  spec = open(path.spec)
  return wait(function() return #clients(spec) == 1 and clients(spec)[1].initialized end)
    and clients(spec)[1].root_dir == workspace
    and vim.iter(others):all(function(other) return #clients(other) == 0 end)
end)

stage('a broken line is underlined', function()
  return wait(function() return has('RF102') end) and vim.diagnostic.get(spec)[1].lnum + 1 == line_with('edge_case:')
end)

stage('overlapping restarts leave one server and the same findings', function()
  local before, first = findings(spec), clients(spec)[1].id
  math.randomseed(7)
  for turn = 1, 50 do
    if math.random(3) == 1 then
      vim.lsp.config('redfirst', { settings = { redfirst = { code_lens = turn % 2 == 0 } } })
      vim.iter(clients()):each(function(client) client:notify('workspace/didChangeConfiguration', { settings = {} }) end)
    end
    if math.random(3) > 1 then vim.cmd('Redfirst restart') end
    vim.wait(math.random(0, 40))
  end
  local function is_settled()
    local client = clients(spec)[1]
    return #vim.lsp.get_clients({ _uninitialized = true }) == 1 and client and client.id ~= first and not client:is_stopped()
      and #processes() == 1 and findings(spec) == before
  end
  return wait(is_settled) and #told == 0 or error(vim.inspect({ processes(), findings(spec) }))
end)

stage('a quick fix mends it', function()
  vim.api.nvim_win_set_cursor(0, { line_with('edge_case:'), 2 })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title:find('Write `edge_cases`', 1, true) end })
  local mended = wait(function() return line_with('edge_cases:') and not has('RF102') end)
  vim.cmd('silent write')
  vim.lsp.inlay_hint.enable(true)
  return mended
end)

stage('a folder that cannot be written to is said once', function()
  vim.fn.setfperm(workspace .. '/tests', 'r-xr-xr-x')
  local result = command('generate')
  vim.fn.setfperm(workspace .. '/tests', 'rwxr-xr-x')
  return not vim.tbl_get(result or {}, 'written') and told_once('tests/test_plan_retry.py') and not looks_green(spec)
    or error(vim.inspect(result))
end)

-- Asks for tests in another project, where one thing is not as it should be, and returns whether `text` alone is told.
local function refused(name, text)
  local other = open(('%s/%s/specs/retry.yml'):format(folder, name))
  assert(wait(function() return #clients(other) == 1 end))
  local result = command('generate')
  local held = told_once(text) and not looks_green(other) or error(vim.inspect(result))
  clients(other)[1]:stop()
  vim.cmd.bwipeout()
  vim.cmd.buffer(spec)
  return held and wait(function() return #processes() == 1 end)
end

stage('a key that is missing is said once', function()
  local held = refused('keyless', 'ANTHROPIC_API_KEY')
  vim.cmd('Redfirst key')
  return held and wait(function() return sent['redfirst/key'] end) and sent['redfirst/key'].key == 'a key'
end)

stage('an interpreter that is too old is said once', function() return refused('aged', 'Python 3.10 or newer is needed') end)

stage('generate writes the tests', function()
  local result = command('generate')
  return result.ok and vim.uv.fs_stat(path.tests) ~= nil and #told == 1
end)

stage('verdicts stand at the cases', function()
  command('verify')
  return wait(function() return hints(spec):find('EC-backoff ✓ red', 1, true) end) or error(hints(spec))
end)

stage('the skeleton starts the module', function()
  local result = command('skeleton')
  code = open(path.code)
  return result.ok and line_with('raise NotImplementedError') and wait(function() return #clients(code) == 1 end)
end)

stage('marks change when the module is saved', function()
  vim.cmd('silent write')
  assert(wait(function() return signs(code)[line_with('raise NotImplementedError')] == '│' end), 'the skeleton has no marks')
  write(path.code, vim.fn.readfile(folder .. '/retry.py'))
  local gap = line_with(RAISE)
  assert(wait(function() return signs(code)[gap] == '!' and signs(code)[gap - 1] == '~' end), vim.inspect(signs(code)))
  local marks = vim.api.nvim_buf_get_extmarks(code, coverage.ns, 0, -1, { details = true })
  assert(vim.iter(marks):all(function(mark) return mark[4].priority == 1 end), 'marks hide the signs of others')
  vim.cmd('Redfirst coverage')
  local hidden = next(signs(code)) == nil
  vim.cmd('Redfirst coverage')
  return hidden and signs(code)[gap] == '!'
end)

stage('a gap is listed', function()
  local line = line_with(RAISE)
  vim.fn.setqflist({}, 'f')
  vim.cmd('Redfirst gaps')
  local listed = wait(function() return #vim.fn.getqflist() > 0 end) and vim.fn.getqflist()
  vim.cmd.cclose()
  vim.cmd.buffer(code)
  return listed and vim.iter(listed):any(function(item) return item.lnum == line and item.bufnr == code end) or error(vim.inspect(listed))
end)

stage('marks are stale after a change', function()
  vim.api.nvim_buf_set_lines(code, 0, 1, false, { '"""Another text."""' })
  local stale = wait(function() return vim.iter(vim.tbl_values(signs(code))):any(function(sign) return sign:find('?', 1, true) end) end)
  vim.cmd('silent undo')
  return stale and wait(function() return signs(code)[line_with(RAISE)] == '!' end) or error(vim.inspect(signs(code)))
end)

stage('a case is added for the gap', function()
  vim.api.nvim_win_set_cursor(0, { line_with(RAISE), 8 })
  vim.lsp.buf.code_action({ apply = true, filter = function(action) return action.title == 'Add a case for this gap' end })
  return wait(function() return vim.api.nvim_get_current_buf() == spec end) and line_with('when `attempt < 1` ->')
end)

stage('the tests are stale', function()
  local line = line_with('when `attempt < 1` ->')
  vim.api.nvim_buf_set_lines(spec, line - 1, line, false, {
    '  - case: when `attempt < 1` -> raise ValueError("attempt counts from 1")',
    '    examples:',
    '      - call: plan_retry([], 0, RetryPolicy(3, 200, 1000))',
    '        raises: ValueError("attempt counts from 1")',
  })
  vim.cmd('silent write')
  return wait(function() return has('RF502') end)
end)

stage('regenerate asks before it replaces', function()
  tests = vim.fn.bufadd(path.tests)
  vim.fn.bufload(tests)
  local before = vim.api.nvim_buf_get_lines(tests, 0, -1, false)
  answer = 2
  local refused = command('regenerate')
  assert(#asked == 1 and asked[1]:find('\n+    with pytest.raises(ValueError, match=', 1, true), vim.inspect(asked))
  assert(not refused.written and vim.deep_equal(before, vim.api.nvim_buf_get_lines(tests, 0, -1, false)), 'changed unasked')
  answer = 1
  return command('regenerate').written and #asked == 2 and vim.bo[tests].modified
end)

stage('the gap is closed and the gate holds', function()
  vim.cmd('silent wall')
  local result = command('run')
  vim.cmd.buffer(code)
  local gap = line_with(RAISE)
  local closed = wait(function() return signs(code)[gap] == '│' and coverage.notes[vim.uri_from_bufnr(code)].gate.holds end)
  return result.ok and closed and wait(function() return hints(spec):find('✓ red, runs green', 1, true) end)
    or error(vim.inspect({ result, signs(code), hints(spec) }))
end)

stage('a model behind a key changes the code once a person agrees', function()
  local before = vim.api.nvim_buf_get_lines(code, 0, -1, false)
  asked, answer = {}, 2
  local refusal = command('refactor')
  assert(#asked == 1 and asked[1]:find('\n-    failed = [', 1, true) and asked[1]:find('\n+    not_done = [', 1, true), vim.inspect({ asked, refusal, told }))
  assert(not refusal.written and vim.deep_equal(before, vim.api.nvim_buf_get_lines(code, 0, -1, false)), 'changed unasked')
  answer = 1
  local agreed = command('refactor')
  assert(agreed.written and #asked == 2, vim.inspect(agreed))
  vim.cmd('silent wall')
  return wait(function() return signs(code)[line_with('not_done = [')] == '│' end) or error(vim.inspect(signs(code)))
end)

stage('the last conversation with a model is opened', function()
  vim.cmd.buffer(spec)
  local result = command('transcript')
  local shown = vim.uri_from_bufnr(0)
  local text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd.bwipeout()
  vim.cmd.buffer(spec)
  return shown == result.uri and shown:find('/.redfirst/transcripts/', 1, true) and text:find('not_done = [', 1, true)
end)

stage('the strength is measured, and the status told', function()
  local strength, status = command('strength'), command('status')
  return strength.ok and told_once('The tests notice') and status.root == workspace or error(vim.inspect({ strength, status, told }))
end)

stage('a renaming asks before it changes code', function()
  vim.cmd.buffer(spec)
  vim.api.nvim_win_set_cursor(0, { line_with('function: plan_retry'), 12 })
  asked, answer = {}, 2
  vim.lsp.buf.rename('plan_again')
  return wait(function() return #asked == 1 end) and asked[1]:find('\n+def plan_again(', 1, true) and line_with('function: plan_retry')
end)

local function health()
  vim.cmd('silent checkhealth redfirst')
  local said = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  vim.cmd.bwipeout()
  return said
end

stage('checkhealth', function()
  local said = health()
  return said:find('at work in', 1, true) and said:find('tests run with', 1, true) and not said:find('ERROR', 1, true) or error(said)
end)

stage('the help names every command, and each thing once', function()
  local help = vim.fn.readfile(plugin .. '/doc/redfirst.txt')
  vim.fn.mkdir(folder .. '/doc')
  vim.fn.writefile(help, folder .. '/doc/redfirst.txt')
  vim.cmd.helptags(folder .. '/doc')
  local verbs, text = vim.fn.getcompletion('Redfirst ', 'cmdline'), table.concat(help, '\n')
  local unnamed = vim.iter(verbs):filter(function(verb) return not text:find('\n:Redfirst ' .. verb .. ' ', 1, true) end):totable()
  return #verbs == 13 and #unnamed == 0 or error(vim.inspect({ verbs, unnamed }))
end)

stage('a server that dies leaves no mark', function()
  assert(looks_green(spec, code))
  kill_server()
  return wait(function() return #told > 0 and #clients() == 0 and not looks_green(spec, code) end)
    and told_once(':Redfirst restart') and #vim.diagnostic.get() == 0
end)

stage('a server killed in the middle of a run leaves nothing behind', function()
  vim.cmd('Redfirst restart')
  assert(wait(function() return #clients(spec) == 1 and #clients(code) == 1 end))
  local begun
  vim.api.nvim_create_autocmd('LspProgress', { pattern = 'begin', callback = function(event)
    begun = begun or event.data.params.token == 'redfirst.run'
  end })
  vim.cmd.buffer(code)
  local endless = vim.fn.readfile(path.code)
  table.insert(endless, line_with(RAISE) - 1, '    while True: pass')
  write(path.code, endless)
  vim.cmd.buffer(spec)
  vim.cmd('Redfirst run')
  assert(wait(function() return begun end))
  local family = kill_server()
  return wait(function() return #told > 0 and vim.iter(family):all(is_gone) end)
    and told_once(':Redfirst restart') and not looks_green(spec, code)
end)

-- Another program in the place of the server, started for the buffers that are open, and again when one is opened anew.
local function restart_with(program)
  vim.g.redfirst_server = program
  vim.cmd('Redfirst restart')
  local function is_over() return #told > 0 and #processes() == 0 and #clients() == 0 end
  local ended = wait(is_over)
  vim.bo[spec].filetype = 'yaml'
  return ended and wait(is_over) and not looks_green(spec, code)
end

stage('a server that is missing is said once', function()
  return restart_with('/nowhere/redfirst') and told_once('Install redfirst')
end)

stage('a server of another version is said once', function()
  return restart_with(folder .. '/old-redfirst') and told_once('pip install --upgrade redfirst')
end)

stage('a Python that is too old is said once', function()
  return restart_with(folder .. '/aged-redfirst') and told_once('`:checkhealth redfirst` says why') and health():find('Python 3.11', 1, true)
end)

local untried = vim.iter(vim.json.decode(table.concat(vim.fn.readfile(expected), '\n'))):filter(function(name) return not done[name] end):totable()
for _, name in ipairs(untried) do io.stdout:write('NOT OK - not tried: ' .. name .. '\n') end
leave(vim.tbl_count(done), #untried)
