local project = require('redfirst.project')
local coverage = require('redfirst.coverage')

return {
  cmd = function(dispatchers)
    return vim.lsp.rpc.start(project.command(), dispatchers)
  end,
  filetypes = { 'yaml', 'python' },
  root_dir = function(buffer, attach)
    local root = project.root(buffer)
    if root and project.can_start() then
      attach(root)
    end
  end,
  capabilities = { experimental = { redfirst = { coverage = true } } },
  init_options = { trusted = true },
  handlers = { ['redfirst/coverage'] = coverage.on_note },
  on_init = project.check_server,
  on_exit = vim.schedule_wrap(coverage.clear), -- what nobody watches any more may be wrong
}
