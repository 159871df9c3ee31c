-- Which files are redfirst's business, and which program serves them.
local M = { oldest = '0.1.0' }

local function settings(folder)
  local readable, lines = pcall(vim.fn.readfile, vim.fs.joinpath(folder, 'pyproject.toml'))
  local text = readable and '\n' .. table.concat(lines, '\n') or ''
  local found = text:match('\n%[tool%.redfirst%](.*)')
  return found and found:gsub('\n%[.*', '')
end

-- The folder whose pyproject.toml has a table [tool.redfirst]; nil for files that are not ours.
function M.root(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = vim.iter(vim.fs.parents(path)):find(settings)
  if not root or vim.bo[buffer].filetype == 'python' then
    return root
  end
  local folders = settings(root):match('\nspecs%s*=%s*(%b[])') or '"specs"'
  for folder in folders:gmatch('["\']([^"\']+)["\']') do
    if vim.fs.relpath(vim.fs.joinpath(root, folder), path) then
      return root
    end
  end
end

function M.command()
  return { vim.g.redfirst_server or 'redfirst', 'lsp' }
end

function M.can_start()
  local program = M.command()[1]
  local found = type(vim.lsp.config.redfirst.cmd) == 'table' or vim.fn.executable(program) == 1
  if not found then
    local way_out = 'Install redfirst, or name it: `let g:redfirst_server = "/path/to/redfirst"`.'
    vim.notify_once(('redfirst: `%s` was not found. %s'):format(program, way_out), vim.log.levels.ERROR)
  end
  return found
end

function M.check_server(client)
  local info = client.server_info or {}
  local version = vim.version.parse(info.version or '')
  if info.name ~= 'redfirst' or not version or vim.version.lt(version, M.oldest) then
    local said = 'redfirst: %s or newer is needed, this is `%s %s`. Update it: `pip install --upgrade redfirst`.'
    vim.notify_once(said:format(M.oldest, info.name, info.version), vim.log.levels.ERROR)
    client:stop()
  end
end

return M
