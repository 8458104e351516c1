using System.Diagnostics;
using CrankMailer.Model;
using CrankMailer.Model.Postgres;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CrankMailer.Tests.Databases;

/// <summary>
/// A PostgreSQL of our own for this test run: a throw-away cluster on a unix socket, started once, stopped with the process
/// (the shell that holds it ends when our pipe to it closes, even when we are killed). Null where PostgreSQL is not installed.
/// </summary>
public sealed class PostgresServer
{
    private const string Template = "crank_template";
    private static readonly Lazy<Task<PostgresServer?>> Started = new(StartAsync);
    private static int _databases;
    private readonly string _socket;
    private readonly Process _shell;

    private PostgresServer(string socket, Process shell)
    {
        _socket = socket;
        _shell = shell;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _shell.StandardInput.Close();
    }

    public static Task<PostgresServer?> GetAsync() => Started.Value;

    /// <summary>A new database, already migrated.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"crank_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template {Template}");
        return ConnectionString(name);
    }

    /// <summary>A new database without any table.</summary>
    public async Task<string> CreateEmptyDatabaseAsync()
    {
        var name = $"crank_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}";
        await ExecuteAsync($"create database {name} template template0");
        return ConnectionString(name);
    }

    public async Task DropDatabaseAsync(string connectionString)
    {
        await using (var connection = new NpgsqlConnection(connectionString)) NpgsqlConnection.ClearPool(connection);
        await ExecuteAsync($"drop database if exists {new NpgsqlConnectionStringBuilder(connectionString).Database} with (force)");
    }

    private static async Task<PostgresServer?> StartAsync()
    {
        if (FindBinaries() is not { } bin) return null;
        var folder = Directory.CreateTempSubdirectory("crankpg").FullName;
        var asRoot = Environment.UserName == "root";
        if (asRoot) Run("chown", $"postgres {folder}");
        var user = asRoot ? "runuser -u postgres -- " : "";
        var script =
            $"cd {folder} && {user}{bin}/initdb -D {folder}/data -U crank -A trust --no-sync --locale=C.UTF-8 -E UTF8 >{folder}/initdb.log 2>&1 || exit 1; " +
            $"{user}{bin}/postgres -D {folder}/data -c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off " +
            $"-c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB >{folder}/log 2>&1 & " +
            // A shell starts background programs with SIGINT ignored, and runuser would keep it so: the server itself is told, by the pid in its file.
            // Our own output is let go of, or whoever reads the tests' output through a pipe would wait for the server.
            $"echo started; exec >/dev/null 2>&1; cat; kill -INT $(head -n 1 {folder}/data/postmaster.pid); wait; rm -rf {folder}";
        var start = new ProcessStartInfo("/bin/sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        var shell = Process.Start(start) ?? throw new InvalidOperationException("Could not start /bin/sh.");
        if (await shell.StandardOutput.ReadLineAsync() != "started")
            throw new InvalidOperationException($"initdb failed: {await File.ReadAllTextAsync($"{folder}/initdb.log")}");

        var server = new PostgresServer(folder, shell);
        await server.WaitUntilReadyAsync();
        await server.ExecuteAsync($"create database {Template} template template0");
        await server.MigrateAsync(Template);
        return server;
    }

    private async Task MigrateAsync(string database)
    {
        var options = new DbContextOptionsBuilder<CrankDb>();
        options.UseCrankPostgres(ConnectionString(database) + ";Pooling=false");
        await using var db = new CrankDb(options.Options);
        await db.Database.MigrateAsync();
    }

    private async Task WaitUntilReadyAsync()
    {
        var deadline = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await ExecuteAsync("select 1");
                return;
            }
            catch (NpgsqlException) when (deadline.Elapsed < TimeSpan.FromSeconds(90))
            {
                await Task.Delay(50); // the polling step; spinning would take the server the very time it needs to start
            }
        }
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private string ConnectionString(string database) => $"Host={_socket};Username=crank;Database={database};Maximum Pool Size=40";

    private static string? FindBinaries()
    {
        // The distribution's folder first: what stands on PATH may be a wrapper that changes user or folder.
        var versions = Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [];
        var folders = versions.OrderDescending().Select(v => $"{v}/bin").Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'));
        return folders.FirstOrDefault(f => File.Exists($"{f}/postgres") && File.Exists($"{f}/initdb"));
    }

    private static void Run(string program, string arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}.");
    }
}
