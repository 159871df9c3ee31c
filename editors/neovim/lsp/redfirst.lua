local consent, coverage = require('redfirst.consent'), require('redfirst.coverage')
local project, server = require('redfirst.project'), require('redfirst.server')

return {
  cmd = server.start,
  filetypes = { 'yaml', 'python' },
  root_dir = function(buffer, attach)
    local root = project.root(buffer)
    if root and server.is_there() then
      attach(root)
    end
  end,
  capabilities = {
    experimental = { redfirst = { coverage = true } },
    -- Without `create`: the server makes new files itself, and says so when it cannot.
    workspace = { workspaceEdit = {
      documentChanges = true, changeAnnotationSupport = { groupsOnLabel = false }, resourceOperations = { 'rename' },
    } },
  },
  init_options = { trusted = true },
  handlers = {
    ['redfirst/coverage'] = coverage.on_note,
    ['workspace/applyEdit'] = consent.apply,
    ['textDocument/rename'] = consent.rename,
  },
  on_init = { server.check, server.give_key },
  on_exit = { coverage.on_exit, server.on_exit },
}
