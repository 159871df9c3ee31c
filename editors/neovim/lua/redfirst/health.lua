local health = vim.health

-- What the server says of the project that it is at work in.
local function project(client)
  health.ok(('at work in %s, on %d buffers'):format(client.root_dir, vim.tbl_count(client.attached_buffers)))
  local answer = client:request_sync('redfirst.status', { uri = vim.uri_from_fname(client.root_dir .. '/pyproject.toml') }, 60000)
  local status = answer and answer.result
  if not status then
    return health.error('the server does not answer', '`:Redfirst restart`')
  end
  local python = status.interpreter
  vim.iter(status.faults):each(function(fault) health.error(fault) end)
  if python.path then health.info(('tests run with %s: %s'):format(python.path, python.reason)) end
  if python.problem then health.error(python.problem) end
  if status.model.problem then health.info('no model writes tests: ' .. status.model.problem) end
end

return {
  check = function()
    local program = require('redfirst.server').program()
    health.start('redfirst')
    if vim.fn.executable(program) == 0 then
      return health.error(('`%s` was not found'):format(program), 'Install it, or set g:redfirst_server to its path.')
    end
    local said = vim.system({ program, '--version' }, { text = true }):wait(60000)
    if said.code ~= 0 then
      local words = vim.split(vim.trim(said.stderr or ''), '\n')
      local advice = 'Install redfirst with Python 3.11 or newer.'
      return health.error(('%s does not start: %s'):format(vim.fn.exepath(program), words[#words]), advice)
    end
    health.ok(('%s: %s'):format(vim.fn.exepath(program), vim.trim(said.stdout)))
    if not vim.lsp.is_enabled('redfirst') then
      health.warn('not enabled', "Put `vim.lsp.enable('redfirst')` into init.lua.")
    end
    vim.iter(vim.lsp.get_clients({ name = 'redfirst' })):each(project)
    health.info('log: ' .. vim.lsp.log.get_filename())
  end,
}
