return {
  check = function()
    local program, health = require('redfirst.server').program(), vim.health
    health.start('redfirst')
    if vim.fn.executable(program) == 0 then
      return health.error(('`%s` was not found'):format(program), 'Install it, or set g:redfirst_server to its path.')
    end
    local said = vim.system({ program, '--version' }):wait(5000).stdout
    health.ok(('%s: %s'):format(vim.fn.exepath(program), vim.trim(said or '')))
    if not vim.lsp.is_enabled('redfirst') then
      health.warn('not enabled', "Put `vim.lsp.enable('redfirst')` into init.lua.")
    end
    for _, client in ipairs(vim.lsp.get_clients({ name = 'redfirst' })) do
      health.ok(('at work in %s, on %d buffers'):format(client.root_dir, vim.tbl_count(client.attached_buffers)))
    end
  end,
}
