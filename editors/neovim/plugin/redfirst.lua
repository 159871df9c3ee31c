for name, link in pairs({ Uncovered = 'Error', Partial = 'Warn', Covered = 'Ok', Stale = 'Hint' }) do
  vim.api.nvim_set_hl(0, 'Redfirst' .. name, { link = 'DiagnosticSign' .. link, default = true })
end

local function ask(verb, provider)
  local buffer, command = vim.api.nvim_get_current_buf(), 'redfirst.' .. verb
  local client = vim.lsp.get_clients({ name = 'redfirst', bufnr = buffer })[1]
  if not client then
    return vim.notify('redfirst: not at work in this buffer. `:checkhealth redfirst` says more.', vim.log.levels.WARN)
  end
  local argument = { uri = vim.uri_from_bufnr(buffer), provider = provider }
  local params = { command = command, arguments = { argument }, workDoneToken = command }
  client:request('workspace/executeCommand', params, function(failure, result)
    if failure then
      vim.notify('redfirst: ' .. failure.message, vim.log.levels.ERROR)
    elseif verb == 'status' then
      vim.print(result)
    end
    vim.api.nvim_exec_autocmds('User', { pattern = 'RedfirstResult', data = { verb = verb, result = result } })
  end, buffer)
end

local asked = { 'generate', 'regenerate', 'verify', 'run', 'skeleton', 'strength', 'refactor', 'transcript', 'status' }
local own = {
  coverage = function() require('redfirst.coverage').toggle() end,
  gaps = function() require('redfirst.gaps').list() end,
  key = function() require('redfirst.server').ask_key() end,
  restart = function() require('redfirst.server').restart() end,
}
local verbs = vim.list_extend(vim.tbl_keys(own), asked)
table.sort(verbs)

vim.api.nvim_create_user_command('Redfirst', function(given) (own[given.fargs[1]] or ask)(unpack(given.fargs)) end, {
  nargs = '+',
  complete = function(start, line)
    local offered = #vim.split(line, '%s+') > 2 and { 'anthropic', 'examples' } or verbs
    return vim.tbl_filter(function(word) return vim.startswith(word, start) end, offered)
  end,
})

-- How far it is with what a person asked for, and what came of it.
vim.api.nvim_create_autocmd('LspProgress', { callback = function(event)
  local token, value = tostring(event.data.params.token), event.data.params.value
  if not vim.startswith(token, 'redfirst.') or not value.message then
    return
  elseif value.kind == 'end' then
    vim.notify(value.message)
  elseif vim.api.nvim_get_mode().mode == 'n' then -- a line that is being typed stays
    vim.api.nvim_echo({ { vim.fn.strcharpart('redfirst: ' .. value.message, 0, vim.v.echospace) } }, false, {})
  end
end })
