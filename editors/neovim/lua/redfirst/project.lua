-- Which files are redfirst's business.
local M = {}

local function head(path, lines)
  local readable, found = pcall(vim.fn.readfile, path, '', lines)
  return readable and '\n' .. table.concat(found, '\n') or ''
end

local function settings(folder)
  local found = head(vim.fs.joinpath(folder, 'pyproject.toml'), 9999):match('\n%[tool%.redfirst%](.*)')
  return found and found:gsub('\n%[.*', '')
end

-- Whether a spec below the folder names the module, or the file was generated from one.
local function serves(path, folder)
  local module = '.' .. path:gsub('%.py$', ''):gsub('/__init__$', ''):gsub('/', '.')
  local function is_spec(name) return name:match('%.ya?ml$') end
  return head(path, 3):find('\n# redfirst: spec=', 1, true)
    or vim.iter(vim.fs.find(is_spec, { path = folder, type = 'file', limit = math.huge })):any(function(spec)
      local named = head(spec, 99):match('\nmodule:%s*["\']?([%w_.]+)')
      return named and vim.endswith(module, '.' .. named)
    end)
end

-- The folder whose pyproject.toml has a table [tool.redfirst]; nil for files that are not ours.
function M.root(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  local root = vim.iter(vim.fs.parents(path)):find(settings)
  local folders = root and (settings(root):match('\nspecs%s*=%s*(%b[])') or '"specs"') or ''
  for name in folders:gmatch('["\']([^"\']+)["\']') do
    local folder = vim.fs.joinpath(root, name)
    local is_python = vim.bo[buffer].filetype == 'python'
    if is_python and serves(path, folder) or not is_python and vim.fs.relpath(folder, path) then
      return root
    end
  end
end

return M
