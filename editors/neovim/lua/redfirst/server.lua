-- The program behind it all: found, started, checked, started again.
local M = { oldest = '0.1.0', again = {}, said = {} }

-- Not for each buffer; again once a server has started, or when a person asks for one.
local function say_once(message)
  if not M.said[message] then
    M.said[message] = true
    vim.notify('redfirst: ' .. message, vim.log.levels.ERROR)
  end
end

function M.program() return vim.g.redfirst_server or 'redfirst' end

function M.is_there()
  local found = type(vim.lsp.config.redfirst.cmd) == 'table' or vim.fn.executable(M.program()) == 1
  if not found then
    local said = '`%s` was not found. Install redfirst, or name it: `let g:redfirst_server = "/path/to/redfirst"`.'
    say_once(said:format(M.program()))
  end
  return found
end

function M.start(dispatchers)
  local on_exit = dispatchers.on_exit
  dispatchers.on_exit = vim.schedule_wrap(function(code, signal)
    if code ~= 0 or (signal ~= 0 and signal ~= 15) then
      local said = 'redfirst: the server ended by itself (code %d, signal %d). `:Redfirst restart` starts it again; '
        .. 'if it does not start, `:checkhealth redfirst` says why.'
      say_once(said:format(code, signal))
    end
    on_exit(0, 0) -- Neovim would say it once more, without a way out
  end)
  return vim.lsp.rpc.start({ M.program(), 'lsp' }, dispatchers)
end

function M.check(client)
  local info = client.server_info or {}
  local version = vim.version.parse(info.version or '')
  if info.name ~= 'redfirst' or not version or vim.version.lt(version, M.oldest) then
    local said = '%s or newer is needed, this is `%s %s`. Update it: `pip install --upgrade redfirst`.'
    say_once(said:format(M.oldest, info.name, info.version))
    client:stop(true)
  else
    M.said = {}
  end
end

function M.give_key(client)
  local key = M.key or vim.g.redfirst_key and vim.g.redfirst_key()
  if key and not client:is_stopped() then
    client:notify('redfirst/key', { key = key ~= '' and key or vim.NIL })
  end
end

function M.ask_key()
  M.key = vim.fn.inputsecret('API key: ')
  vim.iter(vim.lsp.get_clients({ name = 'redfirst' })):each(M.give_key)
end

-- One after the other: two servers would say everything twice. Asked for again, it is not patient.
function M.restart()
  M.said = {}
  local running = vim.lsp.get_clients({ name = 'redfirst', _uninitialized = true })
  for _, client in ipairs(running) do
    M.again[client.id] = true
    if client:is_stopped() then client.rpc.terminate() else client:stop() end
  end
  if #running == 0 then vim.lsp.enable('redfirst') end
end

M.on_exit = vim.schedule_wrap(function(_, _, id)
  if M.again[id] then vim.lsp.enable('redfirst') end
end)

return M
